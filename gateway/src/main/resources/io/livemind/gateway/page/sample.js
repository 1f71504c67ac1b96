// "Type this for me".

const KEY_MILLIS = 45;
const KEY_JITTER_MILLIS = 60;
const WORD_MILLIS = 110;
const SENTENCE_MILLIS = 700;

/** Types text as a person would: about twelve characters a second, slower at the end of a sentence. */
export class SampleTypist {
  #area;
  #timer = 0;

  /** @param onChange called when typing begins or ends */
  constructor(area, onChange) {
    this.#area = area;
    this.onChange = onChange;
  }

  get typing() {
    return this.#timer !== 0;
  }

  type(text) {
    const characters = [...text];
    this.#area.value = "";
    const next = () => {
      const character = characters.shift();
      if (character === undefined) {
        this.stop();
        return;
      }
      this.#area.value += character;
      this.#area.dispatchEvent(new InputEvent("input", { bubbles: true }));
      this.#area.parentElement.scrollTop = this.#area.parentElement.scrollHeight;
      this.#timer = setTimeout(next, pauseAfter(character));
    };
    next();
    this.onChange();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.onChange();
  }
}

function pauseAfter(character) {
  if (/[.?!。？！]/u.test(character)) return SENTENCE_MILLIS;
  return character === " " ? WORD_MILLIS : KEY_MILLIS + Math.random() * KEY_JITTER_MILLIS;
}
