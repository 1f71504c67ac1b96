// Small things that every part of the page needs.

/** All text goes in as text; nothing that a user or a model wrote is ever markup. */
export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

export const find = (id) => document.getElementById(id);

/** Writes only what is different, so that nothing is announced or animated twice. */
export function say(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

export const seconds = (millis) =>
  millis < 100 ? `${Math.round(millis)} ms` : `${(millis / 1000).toFixed(millis < 9950 ? 2 : 1)} s`;
