// What is typed, in numbered fragments, and which of them have not arrived yet.

import { pieces, textHash } from "./text.js";

/** UTF-16 units in one fragment. */
const LONGEST_PIECE = 65536;

/** As the length of what is deleted: up to the end, however long it is. */
const TO_THE_END = 2147483647;

const NOTHING = { kind: "replace", position: 0, deletedLength: TO_THE_END, text: "" };

/** Numbers what it is given, as the gateway counts it, and hands it to `send`. */
export class Fragments {
  #send;
  /** The turns of those that are not acknowledged, by sequence. */
  #turns = new Map();
  /** The number of the next one. */
  next = 0;

  constructor(send) {
    this.#send = send;
  }

  /** A connection begins, or ends: what was on its way does not count any more. */
  forget() {
    this.#turns.clear();
  }

  acknowledged(sequence) {
    this.#turns.delete(sequence);
  }

  /** Whether all have arrived. */
  get settled() {
    return this.#turns.size === 0;
  }

  /** The turn of one that is not acknowledged, or undefined. */
  turnOf(sequence) {
    return this.#turns.get(sequence);
  }

  /** `edit` makes what is typed of the text `before`. */
  edit(turn, before, { position, deletedLength, text }) {
    const appended = position === before.length && deletedLength === 0;
    if (appended && text.length <= LONGEST_PIECE) this.#put(turn, { kind: "append", text });
    else this.#replace(turn, { position, deletedLength, text });
  }

  /** The whole prompt is this. */
  replaceAll(turn, text) {
    this.#replace(turn, { position: 0, deletedLength: TO_THE_END, text });
  }

  submit({ number, prompt }) {
    this.#put(number, { kind: "submit", length: prompt.length, hash: textHash(prompt) });
  }

  cancel(turn) {
    this.#put(turn, { kind: "cancel" });
  }

  /**
   * One that the gateway will never take: an edit without text goes in its place, once, so that what follows does not
   * wait for it. Nobody waits for it to be acknowledged.
   */
  fill(sequence, turn) {
    this.#turns.delete(sequence);
    this.#send({ type: "fragment", sequence, turn, ...NOTHING });
  }

  #replace(turn, { position, deletedLength, text }) {
    for (const piece of pieces(text, LONGEST_PIECE)) {
      this.#put(turn, { kind: "replace", position, deletedLength, text: piece });
      position += piece.length;
      deletedLength = 0;
    }
  }

  #put(turn, content) {
    const sequence = this.next++;
    this.#turns.set(sequence, turn);
    this.#send({ type: "fragment", sequence, turn, ...content });
  }
}
