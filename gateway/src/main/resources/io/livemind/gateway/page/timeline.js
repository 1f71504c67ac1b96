// The timeline of a turn: what you did, what the model thought meanwhile, how the answer came.

import { element, seconds } from "./element.js";

const LANES = ["You type", "It thinks", "Answer"];

/** A turn that is typed fills its line after so long. */
const SHORTEST_MILLIS = 6000;

/** Grows with its turn. A turn whose beginning this browser did not see has none. */
export class Timeline {
  #lanes = LANES.map(() => element("div", "lane"));
  #axis = element("div", "axis");
  #tracks = element("div", "tracks");

  constructor() {
    this.root = element("div", "timeline");
    this.root.setAttribute("role", "img");
    this.root.hidden = true;
    const names = element("div", "names");
    names.append(...LANES.map((lane) => element("span", "", lane)));
    this.#tracks.append(...this.#lanes);
    this.root.append(names, this.#tracks, this.#axis);
  }

  update(turn, now = Date.now()) {
    const { typing, submitted, ended } = turn.times;
    const seen = typing && (!turn.submitted || submitted) && (!turn.end || ended);
    this.root.hidden = !seen;
    if (!seen) return;
    const span = { from: typing, to: ended ?? Math.max(now, typing + (submitted ? 0 : SHORTEST_MILLIS)) };
    span.to = Math.max(span.to, span.from + 1);
    this.#lanes[0].replaceChildren(...typed(turn, span, submitted ?? now));
    this.#lanes[1].replaceChildren(...thought(turn, span, submitted ?? now));
    this.#lanes[2].replaceChildren(...answered(turn, span, now));
    this.#tracks.querySelector(".enter")?.remove();
    if (submitted) this.#tracks.append(enter(submitted, span));
    const whole = ended ? `${seconds(ended - submitted)} after Enter` : seconds(span.to - span.from);
    this.#axis.replaceChildren(element("span", "", "0 s"), element("span", "", whole));
    this.root.setAttribute("aria-label", inWords(turn, now));
  }
}

/** One bar; the page's policy allows styles that are set like this, and none in markup. */
function bar(kind, begin, end, { from, to }, label) {
  const at = (millis) => ((Math.min(Math.max(millis, from), to) - from) / (to - from)) * 100;
  const made = element("i", kind);
  made.style.left = `${at(begin)}%`;
  made.style.width = `${Math.max(0, at(end) - at(begin))}%`;
  if (label) made.title = label;
  return made;
}

/** Piece by piece, in the colours of the text. */
function typed(turn, span, end) {
  const bars = [];
  let begin = span.from;
  for (const segment of turn.segments) {
    if (!segment?.receivedMillis || segment.closedBy === "submit") continue;
    const cut = Math.min(segment.receivedMillis, end);
    bars.push(bar(segment.index % 2 ? "typed b" : "typed a", begin, cut, span, `segment ${segment.index + 1}`));
    begin = Math.max(begin, cut);
  }
  bars.push(bar("typed", begin, end, span));
  return bars;
}

function thought(turn, span, end) {
  return turn.inferences.map(({ state, startedMillis, endedMillis, text }) =>
    bar(`thinking ${state}`, startedMillis, Math.min(endedMillis ?? end, end), span, text || state));
}

function answered({ times, draft, end }, span, now) {
  const bars = [];
  const { submitted, firstText, ended } = times;
  if (draft) {
    const until = draft.endedMillis ?? submitted ?? now;
    bars.push(bar(`draft ${draft.state}`, draft.startedMillis, until, span, "an answer before Enter"));
  }
  if (!submitted) return bars;
  const last = ended ?? now;
  const first = firstText ?? last;
  bars.push(bar("waiting", submitted, first, span, `first word after ${seconds(first - submitted)}`));
  if (!end || end.text) bars.push(bar("answering", first, last, span, `answer of ${seconds(last - first)}`));
  return bars;
}

function enter(submitted, span) {
  const line = bar("enter", submitted, submitted, span);
  line.append(element("span", "", "Enter"));
  return line;
}

function inWords(turn, now) {
  const { typing, submitted, ended } = turn.times;
  const count = turn.inferences.length;
  const meanwhile = `${count} inference${count === 1 ? "" : "s"} meanwhile`;
  if (!submitted) return `Typing for ${seconds(now - typing)}; ${meanwhile}.`;
  const answer = ended ? `; answer complete ${seconds(ended - submitted)} after Enter` : "";
  return `Typed for ${seconds(submitted - typing)}; ${meanwhile}${answer}.`;
}
