// From a text area to the session.

import { endsWord } from "./text.js";

/**
 * Sends what somebody types in a text area: at the end of a word, 300 ms after the last key, and at once, though
 * eight times a second at most, where old text is edited. Text under composition is not sent.
 */
export class Typist {
  #session;
  #area;
  #timer = 0;
  #composing = false;
  #last = "";

  constructor(session, area) {
    this.#session = session;
    this.#area = area;
    /** Nothing is sent before it is submitted. */
    this.paused = false;
    this.stopped = new AbortController();
    const options = { signal: this.stopped.signal };
    area.addEventListener("compositionstart", () => (this.#composing = true), options);
    area.addEventListener(
      "compositionend",
      () => {
        this.#composing = false;
        this.#typed();
      },
      options,
    );
    area.addEventListener("input", (event) => event.isComposing || this.#typed(), options);
  }

  /** Listens no more. */
  stop() {
    clearTimeout(this.#timer);
    this.stopped.abort();
  }

  /** Sends what is there now. */
  flush() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#composing) return;
    this.#last = this.#area.value;
    if (!this.paused) this.#session.edit(this.#area.value);
  }

  /** Asks. Tells whether there was anything to ask; the area is empty then. */
  submit() {
    if (this.#composing) return false;
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (!this.#session.submit(this.#area.value)) return false;
    this.#area.value = "";
    this.#last = "";
    return true;
  }

  #typed() {
    if (this.#composing || this.paused) return;
    const text = this.#area.value;
    const grown = text.startsWith(this.#last);
    if (grown && endsWord(text.slice(this.#last.length))) {
      this.flush();
    } else if (grown) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.flush(), 300);
    } else if (!this.#timer) {
      this.#timer = setTimeout(() => this.flush(), 120);
    }
  }
}
