// How submitted turns look.

import { element, say, seconds } from "./element.js";
import { showThoughts, tokensAhead } from "./thoughts.js";
import { Timeline } from "./timeline.js";

/** Milliseconds from Enter to the end of the answer; null where this browser did not see both. */
export function responseLatency({ times, end }) {
  if (end?.type !== "completed" || !times.submitted || !times.ended) return null;
  return Math.max(0, times.ended - times.submitted);
}

/** Puts the growing text in place without touching what is there. */
function grow(target, text) {
  const shown = target.textContent;
  if (shown === text) return;
  if (text.startsWith(shown)) target.append(text.slice(shown.length));
  else target.textContent = text;
}

function problem({ end }) {
  if (end?.type === "failed") return `${end.message} (${end.code})`;
  return end?.type === "cancelled" ? "Stopped." : "";
}

function button(label, title, onClick) {
  const made = element("button", "small", label);
  made.type = "button";
  made.title = title;
  made.addEventListener("click", onClick);
  return made;
}

/** One submitted turn on the page. */
export class TurnView {
  #asked = element("p", "asked");
  #answer = element("div", "answer");
  #problem = element("p", "problem");
  #facts = element("p", "facts");
  #thoughts = element("ol", "thoughts");
  #side = element("div", "side");
  #summary = element("summary");
  #timeline = new Timeline();
  #stop;
  #compare;

  /**
   * @param onStop called when the answer is to stop
   * @param onCompare called when the same is to be asked without thinking ahead; null where that is how it was asked
   */
  constructor(onStop, onCompare) {
    this.root = element("article", "turn");
    this.#stop = button("Stop", "Stop this answer (Esc)", onStop);
    if (onCompare) this.#compare = button("Ask conventionally too", "Ask the same without thinking ahead", onCompare);
    const details = element("details");
    details.append(this.#summary, this.#thoughts);
    details.open = true;
    this.#side.append(details);
    const main = element("div", "main");
    main.append(this.#asked, this.#answer, this.#problem, this.#facts, this.#timeline.root);
    this.root.append(main, this.#side);
  }

  update(turn) {
    this.root.classList.toggle("answering", !turn.end);
    this.root.setAttribute("aria-label", `Turn ${turn.number + 1}`);
    say(this.#asked, turn.prompt ?? "(typed in an earlier visit)");
    grow(this.#answer, turn.answer);
    say(this.#problem, problem(turn));
    this.#problem.hidden = this.#problem.textContent === "";
    showThoughts(this.#thoughts, turn.inferences);
    this.#side.hidden = turn.inferences.length === 0;
    say(this.#summary, `Thought before Enter: ${turn.inferences.length}`);
    this.#showFacts(turn);
    this.tick(turn);
  }

  /** Time has gone on. */
  tick(turn) {
    this.#timeline.update(turn);
  }

  #showFacts(turn) {
    const { submitted, firstText } = turn.times;
    const response = responseLatency(turn);
    const ahead = tokensAhead(turn);
    const facts = [];
    const add = (kind, text) => facts.push(element(kind === "response" ? "strong" : "span", kind, text));
    if (response !== null) add("response", `answered ${seconds(response)} after Enter`);
    if (submitted && firstText) add("first", `first word ${seconds(Math.max(0, firstText - submitted))}`);
    if (ahead > 0) add("ahead", `${ahead} tokens thought ahead`);
    if (turn.draft?.state === "released") add("drafted", "answer drafted before Enter");
    if (turn.model) add("model", turn.model);
    if (!turn.end) facts.push(this.#stop);
    else if (this.#compare && turn.end.type === "completed" && turn.prompt) facts.push(this.#compare);
    const unchanged = facts.length === this.#facts.children.length
      && facts.every((fact, index) => fact.isEqualNode(this.#facts.children[index]));
    if (!unchanged) this.#facts.replaceChildren(...facts);
  }
}
