// Text as the pipeline counts it: UTF-16 units, never half a surrogate pair.

/**
 * Hash of a prompt, 16 hexadecimal digits: two 32-bit lanes of FNV-1a over UTF-16 units, the same that the
 * pipeline computes.
 */
export function textHash(text) {
  let first = 0x811c9dc5 | 0;
  let second = 0x01234567 | 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul(second ^ unit, 0x85ebca6b);
  }
  const hex = (lane) => (lane >>> 0).toString(16).padStart(8, "0");
  return hex(first) + hex(second);
}

const isHigh = (unit) => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit) => unit >= 0xdc00 && unit <= 0xdfff;

/** Half a surrogate pair cannot be sent: a browser may show one for a moment, or for ever after a bad paste. */
export function wellFormed(text) {
  return text.toWellFormed ? text.toWellFormed() : text.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** The smallest edit that makes `after` of `before`; never inside a surrogate pair. Null if they are equal. */
export function difference(before, after) {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (start > 0 && isHigh(before.charCodeAt(start - 1))) start--;
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) tail++;
  if (tail > 0 && isLow(before.charCodeAt(before.length - tail))) tail--;
  return {
    position: start,
    deletedLength: before.length - tail - start,
    text: after.slice(start, after.length - tail),
  };
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/** Whether text that grew by this ends a word: white space behind one, or four characters where words are not spaced. */
export function endsWord(added) {
  return /\S\s+$/u.test(added) || /^\s+$/u.test(added) || (added.match(UNSPACED) || []).length >= 4;
}

/** The text in pieces of at most so many units; one empty piece if there is no text. */
export function pieces(text, longest) {
  const found = [];
  let from = 0;
  do {
    let to = Math.min(text.length, from + longest);
    if (to < text.length && isHigh(text.charCodeAt(to - 1))) to--;
    found.push(text.slice(from, to));
    from = to;
  } while (from < text.length);
  return found;
}
