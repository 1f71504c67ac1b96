// For those who listen to the page.

import { element } from "./element.js";

const ENDS = /[.!?。！？](?=\s|\p{Lo})|\n/gu;
const KEPT = 40;

/** Tells a screen reader the answer, sentence by sentence. */
export class Announcer {
  #log;
  #told = new Map();

  constructor(log) {
    this.#log = log;
  }

  /** @param key names the turn, also among conversations */
  update(key, turn) {
    const told = this.#told.get(key) ?? 0;
    const rest = turn.answer.slice(told);
    const ends = [...rest.matchAll(ENDS)];
    const end = turn.end ? rest.length : ends.length ? ends.at(-1).index + 1 : 0;
    this.#told.set(key, told + end);
    this.#say(rest.slice(0, end).trim());
    if (turn.end?.type === "failed" && !this.#told.has(`${key} end`)) {
      this.#told.set(`${key} end`, 0);
      this.#say(turn.end.message);
    }
  }

  /** Forgets everything. */
  clear() {
    this.#told.clear();
    this.#log.replaceChildren();
  }

  #say(text) {
    if (!text) return;
    this.#log.append(element("p", "", text));
    while (this.#log.children.length > KEPT) this.#log.firstChild.remove();
  }
}
