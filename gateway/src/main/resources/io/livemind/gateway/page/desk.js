// The desk: the prompt as it is typed, cut into segments, with the thoughts and the draft beside it.

import { difference } from "./livemind.js";
import { element, find, say } from "./element.js";
import { showThoughts } from "./thoughts.js";
import { Timeline } from "./timeline.js";

const DRAFTS = {
  running: "Your text looks complete: an answer is being drafted.",
  held: "An answer is drafted and held. Enter shows it.",
};

export class Desk {
  #prompt = find("prompt");
  #mirror = find("mirror");
  #timeline = new Timeline();
  /** What is not cut yet. */
  #rest = document.createTextNode("");
  #last = "";

  constructor() {
    this.#mirror.append(this.#rest);
    find("progress").append(this.#timeline.root);
  }

  /**
   * @param turn that is typed; undefined before its first key
   * @param nothing what to say while there are no thoughts
   */
  show(turn, nothing) {
    const inferences = turn?.inferences ?? [];
    const news = showThoughts(find("thoughts"), inferences);
    find("no-thoughts").hidden = inferences.length > 0;
    say(find("no-thoughts"), nothing);
    const draft = DRAFTS[turn?.draft?.state] ?? "";
    say(find("draft-text"), draft);
    find("draft").hidden = draft === "";
    find("draft").className = `draft ${turn?.draft?.state ?? ""}`;
    if (news) find("margin").scrollTop = find("margin").scrollHeight;
    this.#cut(turn?.segments ?? []);
    this.tick(turn);
  }

  /** Time has gone on. */
  tick(turn) {
    this.#timeline.root.hidden = true;
    if (turn?.times.typing && this.#prompt.value !== "") this.#timeline.update(turn);
  }

  /** The text has changed: what rests on changed text counts no more, whatever the pipeline will say. */
  typed(turn) {
    const text = this.#prompt.value;
    const edit = difference(this.#last, text);
    this.#last = text;
    const segments = turn?.segments ?? [];
    if (edit) for (const segment of segments) if (segment?.end > edit.position) segment.stale = true;
    this.#cut(segments);
  }

  /** Shows the text as the pipeline has cut it, under the text as it is typed. */
  #cut(segments) {
    const text = this.#prompt.value;
    const spans = [];
    let end = 0;
    for (const segment of segments) {
      if (!segment || segment.start !== end || segment.end > text.length) break;
      const kept = this.#mirror.children[spans.length];
      const span = kept?.segment === segment ? kept : element("span");
      span.segment = segment;
      span.className = segment.stale ? "cut stale" : segment.index % 2 ? "cut b" : "cut a";
      say(span, text.slice(segment.start, segment.end));
      spans.push(span);
      end = segment.end;
    }
    // What stays is not touched: it would appear anew.
    spans.forEach((span, index) => {
      const there = this.#mirror.children[index];
      if (there !== span) this.#mirror.insertBefore(span, there ?? this.#rest);
    });
    while (this.#mirror.children.length > spans.length) this.#mirror.lastElementChild.remove();
    this.#rest.data = text.slice(end);
  }
}
