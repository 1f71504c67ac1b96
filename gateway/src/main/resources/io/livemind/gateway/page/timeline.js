// The timeline of a turn: what you did, what the model thought meanwhile, how the answer came.

const NS = "http://www.w3.org/2000/svg";
const WIDTH = 640;
const LEFT = 64;
const LANES = ["you type", "it thinks", "answer"];

function shape(name, attributes, label) {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (label) {
    const title = document.createElementNS(NS, "title");
    title.textContent = label;
    element.append(title);
  }
  return element;
}

function word(x, y, text, anchor = "start") {
  const element = shape("text", { x, y, "text-anchor": anchor });
  element.textContent = text;
  return element;
}

export const seconds = (millis) =>
  millis < 100 ? `${Math.round(millis)} ms` : `${(millis / 1000).toFixed(millis < 9950 ? 2 : 1)} s`;

/** An SVG for a turn that has ended, or null if this browser did not see it from the beginning. */
export function timeline(turn) {
  const { typing, submitted, firstText, ended } = turn.times;
  if (!typing || !submitted || !ended) return null;
  const from = typing;
  const to = Math.max(ended, submitted + 50);
  const at = (millis) => LEFT + ((Math.min(Math.max(millis, from), to) - from) / (to - from)) * (WIDTH - LEFT - 8);
  const bar = (lane, kind, begin, end, label) =>
    shape("rect", { class: kind, x: at(begin), y: 20 + lane * 18, width: Math.max(2, at(end) - at(begin)), height: 9, rx: 3 }, label);
  const svg = shape("svg", { class: "timeline", viewBox: `0 0 ${WIDTH} 92`, role: "img" });
  svg.setAttribute(
    "aria-label",
    `Typed for ${seconds(submitted - typing)}; ${turn.inferences.length} inferences meanwhile; answer complete ${seconds(ended - submitted)} after Enter.`,
  );
  LANES.forEach((lane, index) => svg.append(word(0, 28 + index * 18, lane)));
  svg.append(bar(0, "typing", typing, submitted, "typing"));
  for (const inference of turn.inferences) {
    const gone = inference.state !== "done";
    const end = inference.endedMillis ?? submitted;
    svg.append(bar(1, gone ? "thinking gone" : "thinking", inference.startedMillis, end, inference.text || inference.state));
  }
  const first = firstText ?? ended;
  svg.append(bar(2, "waiting", submitted, first, `first word after ${seconds(first - submitted)}`));
  svg.append(bar(2, "answering", first, ended, `answer of ${seconds(ended - first)}`));
  svg.append(shape("line", { class: "enter", x1: at(submitted), x2: at(submitted), y1: 12, y2: 74 }));
  svg.append(word(at(submitted), 9, "Enter", at(submitted) > WIDTH - 40 ? "end" : "middle"));
  svg.append(word(LEFT, 88, "0"), word(WIDTH - 8, 88, seconds(to - from), "end"));
  return svg;
}
