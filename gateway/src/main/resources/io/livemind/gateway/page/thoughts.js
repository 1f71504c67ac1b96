// The margin: what the model concludes beside the text.

import { element, say, seconds } from "./element.js";

const WITHOUT_WORDS = {
  wait: "Read; nothing to add yet.",
  dropped: "No conclusion.",
};

function wordsOf({ state, text, action }) {
  return state === "running" ? "…" : text || WITHOUT_WORDS[action] || WITHOUT_WORDS.dropped;
}

function caption({ state, code, startedMillis, endedMillis, usage }) {
  switch (state) {
    case "running":
      return "thinking";
    case "invalid":
      return "dropped by your edit";
    case "dropped":
      return code ? `came to nothing: ${code}` : "stopped: not needed any more";
    default: {
      const took = endedMillis - startedMillis;
      const tokens = usage?.completionTokens;
      return [took > 0 && seconds(took), tokens && `${tokens} tokens`].filter(Boolean).join(" · ");
    }
  }
}

/** The segments that are new in a thought: those behind the last thought before it that counts as much. */
function numbers(inferences, index) {
  const { segments, state } = inferences[index];
  const before = inferences
    .slice(0, index)
    .filter((other) => other.segments < segments && other.state !== "dropped")
    .filter((other) => other.state !== "invalid" || state === "invalid");
  const first = Math.max(0, ...before.map((other) => other.segments)) + 1;
  return first < segments ? `${first}–${segments}` : `${segments}`;
}

/** Brings a list of thoughts up to date; the elements of those that stay are kept. Tells whether there are new ones. */
export function showThoughts(list, inferences) {
  const shown = list.children.length;
  inferences.forEach((inference, index) => {
    let item = list.children[index];
    if (!item) {
      item = element("li", "thought");
      const chip = element("span", "chip");
      item.append(chip, element("b"), element("small"));
      list.append(item);
    }
    const [chip, words, small] = item.children;
    item.className = `thought ${inference.state}`;
    chip.className = inference.segments % 2 ? "chip a" : "chip b";
    chip.title = "The segments that it read";
    say(chip, numbers(inferences, index));
    say(words, wordsOf(inference));
    say(small, caption(inference));
  });
  while (list.children.length > inferences.length) list.lastChild.remove();
  return inferences.length > shown;
}

/** Completion tokens of the conclusions and the draft that were made before Enter. */
export function tokensAhead({ inferences, draft }) {
  const spent = inferences.filter(({ state }) => state === "done" || state === "invalid");
  return [...spent, draft].reduce((sum, call) => sum + (call?.usage?.completionTokens ?? 0), 0);
}
