// Puts the report together.
"use strict";

const find = (id) => document.getElementById(id);

function table(root, head, rows) {
  const header = root.createTHead().insertRow();
  for (const name of head) {
    const cell = element("th", "", name);
    cell.scope = "col";
    header.append(cell);
  }
  const body = root.createTBody();
  for (const [name, ...values] of rows) {
    const row = body.insertRow();
    const cell = element("th", "", name);
    cell.scope = "row";
    row.append(cell);
    for (const value of values) row.append(element("td", "", value));
  }
}

/** How much lower an arm is than its baseline, over all recordings. */
function wholeCut(arm) {
  const found = report.cuts.find((one) => one.arm === arm);
  const all = found?.classes.find((one) => one.moreThanCalls === 0) ?? found?.classes[0];
  return all && { baseline: found.baseline, share: all.measured };
}

function cards() {
  for (const [index, { arm, latency, sessions, failed }] of report.arms.entries()) {
    const card = element("article", `card arm-${index % 5}`);
    card.append(element("h3", "", arm), element("p", "big", seconds(latency?.meanSeconds)));
    card.append(element("p", "", `mean of ${sessions - failed} session${sessions - failed === 1 ? "" : "s"}${failed ? `, ${failed} failed` : ""}`));
    const cut = wholeCut(arm);
    if (cut) card.append(element("p", "cut-note", `${percent(cut.share)} below ${cut.baseline}`));
    find("cards").append(card);
  }
}

function arms() {
  const compared = report.arms.some(({ equalToRecorded }) => equalToRecorded !== undefined);
  const head = ["arm", "sessions", "failed", ...(compared ? ["as recorded"] : []), "mean", "p50", "p95", "p99", "most", "first token", "pipeline p50"];
  table(find("arms"), head, report.arms.map(({ arm, sessions, failed, equalToRecorded, latency, firstToken, overhead }) => [
    arm, `${sessions}`, `${failed}`, ...(compared ? [`${equalToRecorded ?? "—"}`] : []), seconds(latency?.meanSeconds), seconds(latency?.p50Seconds), seconds(latency?.p95Seconds),
    seconds(latency?.p99Seconds), seconds(latency?.maximumSeconds), seconds(firstToken?.meanSeconds), seconds(overhead?.p50Seconds),
  ]));
}

function cuts() {
  for (const { arm, baseline, classes } of report.cuts) {
    const root = element("table");
    root.append(element("caption", "", `${arm} below ${baseline}`));
    const compared = classes.some(({ recorded }) => recorded !== undefined);
    const head = ["recordings", "how many", "measured", ...(compared ? ["recorded"] : [])];
    table(root, head, classes.map(({ moreThanCalls, recordings, measured, recorded }) => [
      moreThanCalls > 0 ? `more than ${moreThanCalls} calls` : "all", `${recordings}`, percent(measured),
      ...(compared ? [recorded === undefined ? "—" : percent(recorded)] : []),
    ]));
    find("cuts").append(root);
  }
  find("cuts").hidden = report.cuts.length === 0;
}

function cost() {
  const head = ["arm", "inference calls", "that came to nothing", "tokens read", "of them cached", "tokens thought", "tokens answered"];
  table(find("cost"), head, armNames.map((arm) => {
    const { calls, dropped, promptTokens, cachedTokens, thinkingTokens, answerTokens } = costOf(arm);
    return [arm, ...[calls, dropped, promptTokens, cachedTokens, thinkingTokens, answerTokens].map(whole)];
  }));
}

function fillSessions() {
  const options = sessionsOf(find("arm").value).map(({ index, title, recording, latencySeconds, failure }) => {
    const option = element("option", "", `${title || recording} (${failure ?? seconds(latencySeconds)})`);
    option.value = index;
    return option;
  });
  find("session").replaceChildren(...options);
}

function pick() {
  const select = find("session");
  find("previous").disabled = select.selectedIndex <= 0;
  find("next").disabled = select.selectedIndex >= select.length - 1;
  if (select.value !== "") showSession(find("story"), Number(select.value));
}

function picker() {
  for (const arm of armNames) find("arm").append(element("option", "", arm));
  // The first one that thinks: its sessions show what all this is about.
  const thinks = ({ meanInferenceCalls }) => meanInferenceCalls > 0;
  find("arm").value = report.arms.find(thinks)?.arm ?? armNames[0] ?? "";
  find("arm").addEventListener("change", () => {
    const recording = report.sessions[Number(find("session").value)]?.recording;
    fillSessions();
    const same = sessionsOf(find("arm").value).find((one) => one.recording === recording);
    if (same) find("session").value = same.index;
    pick();
  });
  find("session").addEventListener("change", pick);
  for (const [id, step] of [["previous", -1], ["next", 1]])
    find(id).addEventListener("click", () => {
      find("session").selectedIndex += step;
      pick();
    });
  fillSessions();
  pick();
}

const pieces = [`${report.sessions.length} sessions, ${report.speed === 1 ? "at the recorded speed" : `typed ${report.speed} times as fast as recorded`}`,
  report.stopped && "stopped early", report.overhead && `the pipeline added ${seconds(report.overhead.p50Seconds)} (p50), ${seconds(report.overhead.p99Seconds)} (p99)`];
find("about").textContent = `${pieces.filter(Boolean).join("; ")}.`;
for (const note of report.notes) find("notes").append(element("li", "", note));
cards();
arms();
cuts();
cost();
picker();
drawCharts();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawCharts);
let redraw = 0;
addEventListener("resize", () => {
  clearTimeout(redraw);
  redraw = setTimeout(drawCharts, 150);
});
