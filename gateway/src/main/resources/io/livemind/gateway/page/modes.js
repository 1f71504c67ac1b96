// The switch between ways to answer, each with what was measured of it.

import { element, find, seconds } from "./element.js";

const LABELS = { live: "Live", collaborative: "Collaborative", conventional: "Conventional" };
const MEANINGS = {
  live: "The large model thinks while you type, and answers",
  collaborative: "The large model thinks while you type, a small one answers",
  conventional: "The large model begins when you press Enter",
};

const kind = ({ mode, collaborative }) => (collaborative ? "collaborative" : mode);

export const labelOf = (model) => LABELS[kind(model)] ?? model.name;

export class Modes {
  #latencies = new Map();

  /** @param onChoice called with the model that was chosen */
  constructor(models, chosen, onChoice) {
    for (const model of models) {
      const label = element("label");
      const input = element("input");
      Object.assign(input, { type: "radio", name: "mode", value: model.name, checked: model.name === chosen });
      input.addEventListener("change", () => onChoice(model));
      const words = element("span", "", labelOf(model));
      words.append(element("small", "", "—"));
      label.title = `${MEANINGS[kind(model)] ?? model.name}. Below: the median time from Enter to the end of the answer, in this visit.`;
      label.append(input, words);
      find("modes").append(label);
    }
  }

  choose(name) {
    for (const input of find("modes").querySelectorAll("input")) input.checked = input.value === name;
  }

  /** One more turn was measured. */
  measured(name, millis) {
    const all = [...(this.#latencies.get(name) ?? []), millis].sort((one, other) => one - other);
    this.#latencies.set(name, all);
    for (const label of find("modes").querySelectorAll("label"))
      if (label.querySelector("input").value === name)
        label.querySelector("small").textContent = seconds(all[Math.floor(all.length / 2)]);
  }
}
