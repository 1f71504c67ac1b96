// Figures from the report's data. Nothing here touches the page.
"use strict";

const report = JSON.parse(document.getElementById("report").textContent);
const armNames = report.arms.map(({ arm }) => arm);

const seconds = (value) =>
  value === undefined || value === null ? "—" : value < 0.0995 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(value < 9.95 ? 2 : 1)} s`;
const percent = (share) => `${(share * 100).toFixed(1)} %`;
const whole = (value) => (value === undefined || value === null || Number.isNaN(value) ? "—" : value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 1 : 0 }));
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

const sessionsOf = (arm) => report.sessions.map((session, index) => ({ ...session, index })).filter((session) => session.arm === arm);

/** Of each arm, for every measured latency the share of sessions that were answered by then. */
function distributions() {
  const measured = armNames.map((arm) => sessionsOf(arm).map((one) => one.latencySeconds).filter((one) => one !== undefined).sort((a, b) => a - b));
  const all = [...new Set([0, ...measured.flat()])].sort((a, b) => a - b);
  const shares = measured.map((latencies) => {
    let below = 0;
    return all.map((limit) => {
      while (below < latencies.length && latencies[below] <= limit) below++;
      return latencies.length ? (below / latencies.length) * 100 : null;
    });
  });
  return [all, ...shares];
}

/** Of each arm, the mean latency of the sessions with so many sentences. All arms of a recording count as equally long. */
function byLength() {
  const lengths = new Map();
  for (const { recording, segments } of report.sessions) lengths.set(recording, Math.max(lengths.get(recording) ?? 0, segments));
  const all = [...new Set(lengths.values())].sort((a, b) => a - b);
  const means = armNames.map((arm) => {
    const found = new Map();
    for (const { recording, latencySeconds } of sessionsOf(arm)) {
      if (latencySeconds === undefined) continue;
      const length = lengths.get(recording);
      found.set(length, [...(found.get(length) ?? []), latencySeconds]);
    }
    return all.map((length) => (found.has(length) ? mean(found.get(length)) : null));
  });
  return [all, ...means];
}

/** Calls and tokens of an arm, means of a session. */
function costOf(arm) {
  const sessions = sessionsOf(arm);
  const sum = { calls: 0, dropped: 0, promptTokens: 0, cachedTokens: 0, thinkingTokens: 0, answerTokens: 0 };
  for (const { index } of sessions)
    for (const { events } of report.timelines[index])
      for (const event of events) {
        if (event.type === "inference_started") sum.calls++;
        if (event.type === "inference_dropped") sum.dropped++;
        sum.promptTokens += event.promptTokens ?? 0;
        sum.cachedTokens += event.cachedTokens ?? 0;
        if (event.type === "completed") sum.answerTokens += event.completionTokens ?? 0;
        else sum.thinkingTokens += event.completionTokens ?? 0;
      }
  return Object.fromEntries(Object.entries(sum).map(([name, value]) => [name, value / Math.max(1, sessions.length)]));
}
