// livemind.js: type into LiveMind from a browser. One module, no dependencies.
//
//   const session = new LiveMindSession({ model: "livemind" });
//   session.addEventListener("change", () => show(session.turns));
//   const typist = new Typist(session, textArea);     // sends as somebody types
//   session.start();
//   typist.submit();                                  // ask
//
// The session keeps what the gateway says in `turns`, reconnects by itself, and continues without gap or
// repeat. All text is data: put it into the page with `textContent`.

/** What a turn of the session is known to be. */
function newTurn(number) {
  return {
    number,
    /** The prompt as this client typed it; null for a turn of an earlier visit whose text is not stored. */
    prompt: null,
    submitted: false,
    /** Whether the pipeline is known to have the whole prompt. */
    confirmed: false,
    resyncs: 0,
    /** Closed pieces of the prompt: {index, start, end, closedBy, atMillis}. */
    segments: [],
    /** Conclusions: {step, action, segments, text, usage, state: "running"|"done"|"dropped"|"invalid", ...}. */
    inferences: [],
    revision: 0,
    answer: "",
    attempt: 0,
    execution: "",
    nextDelta: 0,
    model: "",
    /** null while it is not over; else {type: "completed"|"failed"|"cancelled", ...}. */
    end: null,
    /** Clock of this browser, milliseconds. */
    times: {},
  };
}

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

/** UTF-16 units in one fragment. */
const LONGEST_PIECE = 65536;

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

/** Takes an event of the log into a list of turns. The same events in the same order make the same turns. */
export function applyEvent(turns, event) {
  while (turns.length <= event.turn) turns.push(newTurn(turns.length));
  const turn = turns[event.turn];
  switch (event.type) {
    case "segment_closed":
      turn.segments.length = Math.min(turn.segments.length, event.index);
      turn.segments[event.index] = event;
      if (event.closedBy === "submit") turn.submitted = turn.confirmed = true;
      break;
    case "revised":
      turn.revision = event.revision;
      turn.segments.length = Math.min(turn.segments.length, event.keptSegments);
      for (const inference of turn.inferences)
        if (inference.segments > event.keptSegments) inference.state = "invalid";
      break;
    case "inference_started":
      if (!turn.inferences.some((other) => other.step === event.step && other.state !== "invalid"))
        turn.inferences.push({ ...event, state: "running", text: "", startedMillis: event.receivedMillis ?? event.atMillis });
      break;
    case "inferred":
    case "inference_dropped": {
      const dropped = event.type === "inference_dropped";
      let known = turn.inferences.find((other) => other.step === event.step && other.state === "running");
      if (!known) {
        if (turn.inferences.some((other) => other.step === event.step && other.state !== "invalid")) break;
        known = { step: event.step, segments: event.segments ?? 0, startedMillis: event.receivedMillis ?? event.atMillis };
        turn.inferences.push(known);
      }
      const endedMillis = event.receivedMillis ?? event.atMillis;
      Object.assign(known, event, { state: dropped ? "dropped" : "done", endedMillis });
      break;
    }
    case "started":
      turn.submitted = turn.confirmed = true;
      showExecution(turn, event);
      turn.model = event.model;
      break;
    case "delta":
      turn.submitted = turn.confirmed = true;
      showExecution(turn, event);
      if (event.attempt === turn.attempt && event.execution === turn.execution && event.index === turn.nextDelta) {
        turn.answer += event.text;
        turn.nextDelta += event.count;
      }
      break;
    case "completed":
    case "failed":
    case "cancelled":
      if (turn.end) break;
      turn.submitted = turn.confirmed = true;
      turn.end = event;
      if (event.type !== "failed") turn.answer = event.text;
      for (const inference of turn.inferences) if (inference.state === "running") inference.state = "dropped";
      break;
    default:
      break;
  }
  return turn;
}

/** The first execution of the highest attempt is shown. */
function showExecution(turn, event) {
  if (turn.end || event.attempt <= turn.attempt) return;
  turn.attempt = event.attempt;
  turn.execution = event.execution;
  turn.nextDelta = 0;
  turn.answer = "";
}

/**
 * One session at a gateway.
 *
 * Events: "change" (turns or state changed; detail.turn, detail.event where one is the cause), "returned"
 * (a prompt was not taken: detail.turn, detail.prompt), "lost" (the session is gone; open a new one), "denied"
 * (sign in first). `notice` tells the last thing that went wrong.
 * state: "idle", "connecting", "open", "waiting" (for the next try), "lost", "closed", "passive" (another
 * client writes here).
 */
export class LiveMindSession extends EventTarget {
  #url;
  #model;
  #socket = null;
  #writer = 0;
  #sequence = 0;
  #unacknowledged = new Map();
  #after = null;
  #caughtUp = false;
  #tries = 0;
  #timer = 0;
  #watch = 0;
  #sent = "";

  /**
   * @param url of the WebSocket; by default that of the page's own gateway
   * @param model "livemind" and the like
   * @param handle of a session to continue
   * @param prompts texts of earlier turns by number, as the page kept them
   */
  constructor({ url, model, handle = null, prompts = [] }) {
    super();
    this.#url = url ?? `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/v1/live`;
    this.#model = model;
    this.handle = handle;
    this.turns = [];
    this.state = "idle";
    this.recovered = true;
    this.notice = "";
    this.reconnects = 0;
    /** The turn that is typed now, and its text. */
    this.turn = 0;
    this.text = "";
    prompts.forEach((prompt, number) => {
      this.#turnOf(number).prompt = prompt;
      this.turn = number + 1;
    });
  }

  get model() {
    return this.#model;
  }

  /** Whether everything typed has reached the log. */
  get settled() {
    return this.#caughtUp && this.#unacknowledged.size === 0;
  }

  start() {
    this.#connect();
  }

  /** Ends the connection; the session stays. */
  close() {
    this.#become("closed");
    clearTimeout(this.#timer);
    clearTimeout(this.#watch);
    this.#socket?.close();
  }

  /** Deletes the session and everything that is known of it. */
  delete() {
    if (this.state === "open") this.#send({ type: "delete" });
    else this.#deleteLater();
    this.#become("closed");
  }

  /** The prompt is now this text: sends the difference. */
  edit(text) {
    this.text = wellFormed(text);
    if (!this.#canType()) return;
    const edit = difference(this.#sent, this.text);
    if (!edit) return;
    const typed = this.#turnOf(this.turn);
    typed.times.typing ??= Date.now();
    const appended = edit.position === this.#sent.length && edit.deletedLength === 0;
    if (appended && edit.text.length <= LONGEST_PIECE) this.#fragment({ kind: "append", text: edit.text });
    else this.#replace(edit);
    this.#sent = this.text;
  }

  /** The prompt is complete: ask. Empty ones are not asked. */
  submit(text) {
    const prompt = wellFormed(text);
    if (prompt.trim() === "") return false;
    const turn = this.#turnOf(this.turn);
    turn.times.typing ??= Date.now();
    this.edit(prompt);
    turn.prompt = prompt;
    turn.submitted = true;
    turn.confirmed = false;
    turn.times.submitted = Date.now();
    if (this.#canType()) this.#fragment({ kind: "submit", length: prompt.length, hash: textHash(prompt) });
    this.turn++;
    this.text = "";
    this.#sent = "";
    this.#changed({ turn });
    return true;
  }

  /** Stops the answer of a turn. */
  cancel(number) {
    if (this.#canType()) this.#fragment({ kind: "cancel" }, number);
  }

  /** Writes here again, after another client took over. */
  takeBack() {
    if (this.state === "passive") this.#reopen();
  }

  #turnOf(number) {
    while (this.turns.length <= number) this.turns.push(newTurn(this.turns.length));
    return this.turns[number];
  }

  #canType() {
    return this.state === "open" && this.#caughtUp;
  }

  #become(state) {
    if (this.state === state || this.state === "lost") return;
    this.state = state;
    this.#changed({});
  }

  #changed(detail) {
    this.dispatchEvent(new CustomEvent("change", { detail }));
  }

  // The connection

  #connect() {
    this.#become("connecting");
    this.#caughtUp = false;
    this.#unacknowledged.clear();
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.addEventListener("open", () => {
      if (this.handle) {
        const after = this.#after ? { after: this.#after } : {};
        this.#send({ type: "resume", handle: this.handle, writer: this.#writer, ...after });
      } else {
        this.#send({ type: "open", model: this.#model });
      }
    });
    socket.addEventListener("message", (message) => {
      if (socket === this.#socket) this.#take(JSON.parse(message.data));
    });
    socket.addEventListener("close", () => {
      if (socket !== this.#socket) return;
      if (this.state === "closed" || this.state === "lost" || this.state === "passive") return;
      this.#later();
    });
  }

  /** Tries again: after a quarter of a second, then twice that, up to eight, each by chance between half and whole. */
  #later() {
    const longest = Math.min(8000, 250 * 2 ** this.#tries++);
    this.#become("waiting");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), longest * (0.5 + Math.random() / 2));
  }

  /** Begins again as a new writer: whatever was on its way does not count any more. */
  #reopen() {
    const old = this.#socket;
    this.#socket = null;
    old?.close();
    this.state = "idle";
    this.#connect();
  }

  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #fragment(content, turn = this.turn) {
    const fragment = { type: "fragment", sequence: this.#sequence++, turn, ...content };
    this.#unacknowledged.set(fragment.sequence, Date.now());
    this.#send(fragment);
    this.#watchAcknowledgements();
  }

  /** Nothing confirmed for ten seconds: the connection is no good. */
  #watchAcknowledgements() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      if (this.#unacknowledged.size > 0 && this.state === "open") this.#reopen();
    }, 10000);
  }

  // What the gateway says

  #take(message) {
    switch (message.type) {
      case "session":
        this.handle = message.handle;
        this.#writer = message.writer;
        this.#sequence = message.sequence;
        break;
      case "ack":
        this.#unacknowledged.delete(message.sequence);
        if (this.#unacknowledged.size === 0) clearTimeout(this.#watch);
        this.#changed({});
        break;
      case "snapshot":
        this.recovered = message.recovered;
        this.#forget();
        for (const event of message.events) this.#event(event);
        this.#changed({});
        break;
      case "resumed":
        this.reconnects++;
        break;
      case "caught_up":
        this.#nowLive();
        break;
      case "closed":
        if (message.code === "deleted") this.#lose();
        break;
      case "error":
        this.#refused(message);
        break;
      default:
        this.#event(message);
        this.#changed({ turn: this.turns[message.turn], event: message });
    }
  }

  /** A snapshot is everything: only what this client typed itself stays. */
  #forget() {
    this.turns = this.turns.map((old) => {
      const { prompt, submitted, times } = old;
      return Object.assign(newTurn(old.number), { prompt, submitted, times });
    });
  }

  #event(event) {
    if (event.id) this.#after = event.id;
    if (event.type === "rejected") {
      this.#rejected(event);
      return;
    }
    const now = Date.now();
    if (this.#caughtUp) event.receivedMillis = now;
    const turn = applyEvent(this.turns, event);
    if (!this.#caughtUp) return this.#follow(turn);
    if (event.type === "started") turn.times.started ??= now;
    if (event.type === "delta") turn.times.firstText ??= now;
    if (event.type === "completed" && event.text) turn.times.firstText ??= now;
    if (turn.end) turn.times.ended ??= now;
    this.#follow(turn);
  }

  /** The turn that is typed is the one behind the last that was submitted. */
  #follow(turn) {
    if (turn.submitted && this.turn <= turn.number) {
      this.turn = turn.number + 1;
      this.#sent = "";
    }
  }

  /** Connected, and nothing missed: what the pipeline may lack is sent again, whole. */
  #nowLive() {
    this.#caughtUp = true;
    this.#tries = 0;
    this.#sent = "";
    for (const turn of this.turns)
      if (turn.number < this.turn && turn.prompt !== null && !turn.confirmed && !turn.end) this.#resubmit(turn);
    const fresh = this.#sequence === 1 && this.text === "";
    if (!fresh) this.#replaceAll(this.turn, this.text);
    this.#sent = this.text;
    this.#become("open");
    this.#changed({});
  }

  #replaceAll(turn, text) {
    this.#replace({ position: 0, deletedLength: 2147483647, text }, turn);
  }

  /** A long text goes in pieces. */
  #replace({ position, deletedLength, text }, turn = this.turn) {
    let from = 0;
    do {
      let to = Math.min(text.length, from + LONGEST_PIECE);
      if (to < text.length && isHigh(text.charCodeAt(to - 1))) to--;
      const piece = { position: position + from, deletedLength: from === 0 ? deletedLength : 0, text: text.slice(from, to) };
      this.#fragment({ kind: "replace", ...piece }, turn);
      from = to;
    } while (from < text.length);
  }

  #resubmit(turn) {
    this.#replaceAll(turn.number, turn.prompt);
    this.#fragment({ kind: "submit", length: turn.prompt.length, hash: textHash(turn.prompt) }, turn.number);
  }

  /** A fragment was not taken. */
  #rejected(event) {
    if (event.writer !== this.#writer) return;
    switch (event.code) {
      case "resync": {
        const turn = this.turns[event.turn];
        if (!turn || turn.prompt === null || turn.confirmed) break;
        if (turn.resyncs++ < 2) this.#resubmit(turn);
        else this.#giveBack(turn, event.message);
        break;
      }
      case "missing_sequence":
        this.#reopen();
        break;
      case "not_writer":
        this.#become("passive");
        this.#socket?.close();
        break;
      case "session_unknown":
        this.#lose();
        break;
      case "wrong_turn":
      case "session_exists":
        // It had its effect before.
        break;
      default: {
        const turn = this.#turnOf(event.turn);
        if (turn.submitted && !turn.confirmed) this.#giveBack(turn, event.message);
        else this.notice = event.message;
      }
    }
  }

  /** The turn did not take place: its prompt is typed again. */
  #giveBack(turn, message) {
    const prompt = turn.prompt;
    this.turns.length = turn.number;
    this.turn = turn.number;
    this.text = this.#sent = "";
    this.notice = message;
    this.dispatchEvent(new CustomEvent("returned", { detail: { turn: turn.number, prompt } }));
  }

  #refused(message) {
    const code = message.error.code;
    if (code === "not_found") this.#lose();
    else if (code === "unauthenticated") this.dispatchEvent(new CustomEvent("denied"));
    else this.notice = message.error.message;
    this.#changed({});
  }

  #lose() {
    this.#become("lost");
    this.#socket?.close();
    this.dispatchEvent(new CustomEvent("lost"));
  }

  #deleteLater() {
    if (this.handle)
      fetch(`/v1/sessions/${this.handle}`, { method: "DELETE", keepalive: true }).catch(() => {});
  }
}

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
