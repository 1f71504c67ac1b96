// How turns look. All text goes in as text; nothing that a user or a model wrote is ever markup.

import { seconds, timeline } from "./timeline.js";

export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

const HELD_OUT = {
  wait: "read, nothing to add yet",
  dropped: "no conclusion",
};

function caption(inference) {
  const read = `${inference.segments} segment${inference.segments === 1 ? "" : "s"}`;
  switch (inference.state) {
    case "running":
      return `thinking about ${read}`;
    case "invalid":
      return "dropped by your edit";
    case "dropped":
      return inference.code ? `came to nothing: ${inference.code}` : "stopped: not needed any more";
    default: {
      const took = inference.endedMillis - inference.startedMillis;
      return `from ${read}${took > 0 ? `, ${seconds(took)}` : ""}`;
    }
  }
}

/** Brings a list of thoughts up to date; the elements of those that stay are kept. */
export function showThoughts(list, inferences) {
  inferences.forEach((inference, index) => {
    let item = list.children[index];
    if (!item) {
      item = element("li", "thought");
      item.append(element("b"), element("small"));
      list.append(item);
    }
    const words =
      inference.state === "running" ? "…" : inference.text || HELD_OUT[inference.action] || HELD_OUT.dropped;
    item.className = `thought ${inference.state} ${inference.action ?? ""}`;
    if (item.firstChild.textContent !== words) item.firstChild.textContent = words;
    const small = caption(inference);
    if (item.lastChild.textContent !== small) item.lastChild.textContent = small;
  });
  while (list.children.length > inferences.length) list.lastChild.remove();
}

/** Completion tokens of the conclusions that were made before Enter. */
export function tokensAhead(turn) {
  return turn.inferences
    .filter((inference) => inference.state === "done" || inference.state === "invalid")
    .reduce((sum, inference) => sum + (inference.usage?.completionTokens ?? 0), 0);
}

/** Milliseconds from Enter to the first word; null where this browser did not see it. */
export function latency(turn) {
  const { submitted, firstText } = turn.times;
  return submitted && firstText ? Math.max(0, firstText - submitted) : null;
}

/** Puts the growing text in place without touching what is there. */
function grow(target, text) {
  const shown = target.textContent;
  if (shown === text) return;
  if (text.startsWith(shown)) target.append(text.slice(shown.length));
  else target.textContent = text;
}

/** One submitted turn on the page. */
export class TurnView {
  #asked = element("p", "asked");
  #answer = element("div", "answer");
  #problem = element("p", "problem");
  #facts = element("p", "facts");
  #stop = element("button", "", "Stop");
  #thoughts = element("ol", "thoughts");
  #side = element("div", "side");
  #main = element("div", "main");
  #summary = element("summary");
  #drawn = false;

  /** @param onStop called when the answer is to stop */
  constructor(onStop) {
    this.root = element("article", "turn");
    this.#stop.type = "button";
    this.#stop.addEventListener("click", onStop);
    const details = element("details");
    details.append(this.#summary, this.#thoughts);
    details.open = true;
    this.#side.append(details);
    this.#main.append(this.#asked, this.#answer, this.#problem, this.#facts);
    this.root.append(this.#main, this.#side);
  }

  update(turn) {
    const answering = !turn.end;
    this.root.classList.toggle("answering", answering);
    this.root.setAttribute("aria-label", `Turn ${turn.number + 1}`);
    this.#asked.textContent = turn.prompt ?? "(typed in an earlier visit)";
    grow(this.#answer, turn.answer);
    this.#problem.textContent =
      turn.end?.type === "failed" ? `${turn.end.message} (${turn.end.code})` : turn.end?.type === "cancelled" ? "Stopped." : "";
    this.#problem.hidden = this.#problem.textContent === "";
    showThoughts(this.#thoughts, turn.inferences);
    this.#side.hidden = turn.inferences.length === 0;
    const count = turn.inferences.length;
    this.#summary.textContent = `Thought of before Enter: ${count}`;
    this.#showFacts(turn, answering);
    if (turn.end && !this.#drawn) {
      this.#drawn = true;
      const drawing = timeline(turn);
      if (drawing) this.#main.append(drawing);
    }
  }

  #showFacts(turn, answering) {
    const facts = [];
    const first = latency(turn);
    if (first !== null) {
      const strong = element("strong", "", `first word ${seconds(first)}`);
      strong.dataset.latency = first;
      facts.push(strong);
    }
    if (turn.times.submitted && turn.times.ended) facts.push(element("span", "", `complete ${seconds(turn.times.ended - turn.times.submitted)}`));
    const ahead = tokensAhead(turn);
    if (ahead > 0) facts.push(element("span", "ahead", `${ahead} tokens thought ahead`));
    if (turn.model) facts.push(element("span", "", turn.model));
    if (answering) facts.push(this.#stop);
    this.#facts.replaceChildren(...facts);
  }
}

/** Tells a screen reader the answer, sentence by sentence. */
export class Announcer {
  #log;
  #told = new Map();

  constructor(log) {
    this.#log = log;
  }

  update(key, turn) {
    const told = this.#told.get(key) ?? 0;
    const rest = turn.answer.slice(told);
    let end = rest.length;
    if (!turn.end) {
      const ends = [...rest.matchAll(/[.!?。！？](?=\s)|\n/gu)];
      end = ends.length ? ends.at(-1).index + 1 : 0;
    }
    const sentence = rest.slice(0, end).trim();
    this.#told.set(key, told + end);
    if (sentence) this.#say(sentence);
    if (turn.end?.type === "failed" && !this.#told.has(`${key} end`)) {
      this.#told.set(`${key} end`, 0);
      this.#say(turn.end.message);
    }
  }

  #say(text) {
    this.#log.append(element("p", "", text));
    while (this.#log.children.length > 40) this.#log.firstChild.remove();
  }
}
