// A session at a gateway: what was typed goes there, what happens comes back.

import { Connection, Deletion } from "./connection.js";
import { Fragments } from "./fragments.js";
import { difference, wellFormed } from "./text.js";
import { applyEvent, applyMemory, applyPast, newTurn } from "./turns.js";

/** Nothing acknowledged for so long: the connection is no good. */
const LONGEST_SILENCE_MILLIS = 10000;

/** Told to come back later than this, nobody waits: what was asked is given back. */
const LONGEST_WAIT_MILLIS = 10000;

/** A prompt that the pipeline holds differently is sent again so often. */
const RESYNCS = 2;

/**
 * One session.
 *
 * Events: "change" (turns or state changed; detail.turn, detail.event where one is the cause), "returned"
 * (a prompt was not taken: detail.turn, detail.prompt; the last of several first), "lost" (the session is gone; open a
 * new one), "denied" (sign in, then start again). `notice` tells the last thing that went wrong.
 * state: "idle", "connecting", "open", "waiting" (for the next try), "denied", "lost", "closed", "passive" (another
 * client writes here).
 */
export class LiveMindSession extends EventTarget {
  #connection;
  #url;
  #model;
  #deletion = new Deletion();
  #writer = 0;
  #fragments = new Fragments((fragment) => this.#sendFragment(fragment));
  #after = null;
  #caughtUp = false;
  #watch = 0;
  /** Why nothing may be typed for now; empty: it may. */
  #barred = "";
  #barEnds = 0;
  /** What the pipeline holds of the prompt that is typed now, once everything has arrived. */
  #sent = "";
  /** What was sent before this fragment was sent again since, or given up. */
  #firstThatCounts = 0;
  /** The gateway's refusals, which come in order, count from this fragment on. */
  #firstToRefuse = 0;

  /**
   * @param url of the WebSocket; by default that of the page's own gateway
   * @param model "livemind" and the like
   * @param kept what `kept()` of an earlier page told, to continue its session
   * @param longestSilence of a gateway, milliseconds; then another connection is tried
   */
  constructor({ url, model, kept = {}, longestSilence }) {
    super();
    url ??= `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/v1/live`;
    this.#url = url;
    this.#model = model;
    this.handle = kept.handle ?? null;
    this.turns = [];
    this.state = "idle";
    /** false: a part of the history is gone. */
    this.recovered = true;
    this.notice = "";
    this.reconnects = 0;
    /** The turn that is typed now, and its text. */
    this.turn = 0;
    this.text = "";
    for (const { prompt, times } of kept.turns ?? []) Object.assign(this.#turnOf(this.turn++), { prompt, times });
    this.#connection = new Connection(url, {
      connecting: () => this.#connecting(),
      opened: () => this.#introduce(),
      message: (message) => this.#take(message),
      waiting: () => this.#become("waiting"),
      denied: () => this.#denied(),
    }, longestSilence);
  }

  get model() {
    return this.#model;
  }

  /** Whether everything typed has reached the log. */
  get settled() {
    return this.#caughtUp && this.#fragments.settled;
  }

  start() {
    this.#connection.open();
  }

  /** Ends the connection; the session stays. */
  close() {
    this.#become("closed");
    clearTimeout(this.#watch);
    clearTimeout(this.#barEnds);
    this.#connection.close();
  }

  /**
   * Deletes the session and everything that is known of it. Resolves to whether the gateway has confirmed: if not, the
   * session goes on, and can be deleted again.
   */
  async delete() {
    const told = this.#connection.send({ type: "delete" });
    const deleted = await this.#deletion.run(told, this.#url, this.handle);
    if (deleted) this.close();
    return deleted;
  }

  /** What a later page needs to continue: as secret as the session. */
  kept() {
    const turns = this.turns.slice(0, this.turn).map(({ prompt, times }) => ({ prompt, times }));
    return { handle: this.handle, turns };
  }

  /** The prompt is now this text: sends the difference. */
  edit(text) {
    this.text = wellFormed(text);
    const { times } = this.#turnOf(this.turn);
    if (this.text === "") delete times.typing;
    else times.typing ??= Date.now();
    if (!this.#canType()) return;
    const edit = difference(this.#sent, this.text);
    if (!edit) return;
    this.#fragments.edit(this.turn, this.#sent, edit);
    this.#sent = this.text;
  }

  /** The prompt is complete: ask. Tells whether it was asked: not an empty one, and none while nothing may be typed. */
  submit(text) {
    const prompt = wellFormed(text);
    if (prompt.trim() === "") return false;
    this.edit(prompt);
    if (this.#barred) {
      this.notice = this.#barred;
      this.#changed({});
      return false;
    }
    const turn = this.#turnOf(this.turn);
    Object.assign(turn, { prompt, submitted: true, confirmed: false });
    turn.times.submitted = Date.now();
    if (this.#canType()) this.#fragments.submit(turn);
    this.turn++;
    this.text = "";
    this.#sent = "";
    this.#changed({ turn });
    return true;
  }

  /** Stops the answer of a turn; told again on each connection, until the turn has ended. */
  cancel(number) {
    const turn = this.turns[number];
    if (!turn?.submitted || turn.end) return;
    turn.stopped = true;
    if (this.state === "open" && this.#caughtUp) this.#fragments.cancel(number);
  }

  /** Writes here again, after another client took over. */
  takeBack() {
    if (this.state === "passive") this.#connection.open();
  }

  #turnOf(number) {
    while (this.turns.length <= number) this.turns.push(newTurn(this.turns.length));
    return this.turns[number];
  }

  #canType() {
    return this.state === "open" && this.#caughtUp && !this.#barred;
  }

  #become(state) {
    if (this.state === state || this.state === "lost" || this.state === "closed") return;
    this.state = state;
    this.#changed({});
  }

  #changed(detail) {
    this.dispatchEvent(new CustomEvent("change", { detail }));
  }

  // What goes out

  #connecting() {
    this.#caughtUp = false;
    this.#fragments.forget();
    this.#become("connecting");
  }

  #introduce() {
    const after = this.#after ? { after: this.#after } : {};
    if (this.handle) this.#connection.send({ type: "resume", handle: this.handle, writer: this.#writer, ...after });
    else this.#connection.send({ type: "open", model: this.#model });
  }

  #sendFragment(fragment) {
    this.#connection.send(fragment);
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      if (!this.#fragments.settled && this.state === "open") this.#connection.open();
    }, LONGEST_SILENCE_MILLIS);
  }

  // What the gateway says

  #take(message) {
    switch (message.type) {
      case "session":
        this.handle = message.handle;
        this.#writer = message.writer;
        this.#fragments.next = message.sequence;
        break;
      case "ack":
        this.#fragments.acknowledged(message.sequence);
        if (this.#fragments.settled) this.#connection.allArrived();
        this.#changed({});
        break;
      case "snapshot":
        this.recovered = message.recovered;
        this.#forget();
        if (message.session) this.#past(message.session);
        for (const event of message.events) this.#event(event);
        if (message.session) applyMemory(this.turns, message.session);
        this.#changed({});
        break;
      case "resumed":
        this.reconnects++;
        break;
      case "caught_up":
        this.#nowLive();
        break;
      case "closed":
        if (message.code === "deleted" && !this.#deletion.confirmed()) this.#lose();
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
    this.turns = this.turns.map(({ number, prompt, submitted, stopped, times }) =>
      Object.assign(newTurn(number), { prompt, submitted, stopped, times }));
  }

  /** What the pipeline knows of a session whose events the log has lost. */
  #past(session) {
    applyPast(this.turns, session);
    if (session.typedTurn > this.turn) {
      this.turn = session.typedTurn;
      this.#sent = "";
    }
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
    if (this.#caughtUp) {
      if (event.type === "delta" || (turn.end && turn.answer)) turn.times.firstText ??= now;
      if (turn.end) turn.times.ended ??= now;
    }
    // The turn that is typed is the one behind the last that was submitted.
    if (turn.submitted && this.turn <= turn.number) {
      this.turn = turn.number + 1;
      this.#sent = "";
    }
  }

  /** Connected, and nothing missed: what the pipeline may lack is sent again, whole. */
  #nowLive() {
    this.#caughtUp = true;
    this.#connection.good();
    const fresh = this.#fragments.next === 1 && this.text === "" && this.turn === 0;
    if (!fresh && !this.#barred) this.#sendAgain();
    // Behind it: the pipeline may not have had the prompt whose answer is to stop.
    for (const { number, stopped, end } of this.turns) if (stopped && !end) this.#fragments.cancel(number);
    this.#become("open");
    this.#changed({});
  }

  /** What the pipeline may lack, whole; what is said of earlier fragments is old now. */
  #sendAgain() {
    this.#firstThatCounts = this.#firstToRefuse = this.#fragments.next;
    for (const turn of this.turns) {
      if (turn.number >= this.turn || turn.prompt === null || turn.confirmed || turn.end) continue;
      this.#fragments.replaceAll(turn.number, turn.prompt);
      this.#fragments.submit(turn);
    }
    this.#fragments.replaceAll(this.turn, this.text);
    this.#sent = this.text;
  }

  /** A fragment was not taken. */
  #rejected(event) {
    if (event.writer !== this.#writer) return;
    const old = event.sequence < this.#firstThatCounts;
    switch (event.code) {
      case "resync": {
        const turn = this.turns[event.turn];
        if (old || !turn || turn.prompt === null || turn.confirmed) break;
        // What stands behind it came for a turn that had not begun.
        if (turn.resyncs++ < RESYNCS) this.#sendAgain();
        else this.#giveBack(turn, event.message);
        break;
      }
      case "missing_sequence":
        this.#connection.again();
        break;
      case "not_writer":
        this.#connection.rest();
        this.#become("passive");
        break;
      case "session_unknown":
        if (!this.#deletion.confirmed()) this.#lose();
        break;
      case "wrong_turn":
      case "session_exists":
        // It had its effect before.
        break;
      default: {
        if (old) break;
        const turn = this.#turnOf(event.turn);
        if (turn.prompt !== null && !turn.confirmed) this.#giveBack(turn, event.message);
        else this.notice = event.message;
      }
    }
  }

  /** The turn did not take place, nor those behind it: they are given back, and what is typed now belongs to it. */
  #giveBack({ number }, message) {
    const lost = this.turns.splice(number).filter(({ prompt }) => prompt !== null);
    this.turn = number;
    this.notice = message;
    if (this.#canType()) this.#sendAgain();
    for (const { number: turn, prompt } of lost.reverse())
      this.dispatchEvent(new CustomEvent("returned", { detail: { turn, prompt } }));
  }

  #refused({ sequence, error: { code, message, retryAfterMillis = 0 } }) {
    if (code === "not_found") this.#lose();
    else this.notice = message;
    if (code === "too_many_requests") this.#tooMany(sequence, message, retryAfterMillis);
    // Where the log did not confirm, or nobody is signed in, the connection ends, and all of it is sent again.
    else if (code !== "unavailable" && code !== "unauthenticated") this.#drop(sequence, message, true);
    this.#changed({});
  }

  /** Answers can be read while nothing may be typed, so a session stays connected; one that never began waits. */
  #tooMany(sequence, message, retryAfterMillis) {
    const late = this.handle !== null && retryAfterMillis > LONGEST_WAIT_MILLIS;
    if (late) {
      this.#barred = message;
      this.#barEnds = setTimeout(() => {
        this.#barred = "";
        if (this.#canType()) this.#sendAgain();
      }, retryAfterMillis);
      this.#drop(sequence, message, false);
    }
    this.#connection.again(late ? 0 : retryAfterMillis, !late);
  }

  /**
   * A fragment that the gateway will never take. Where it takes what follows, an edit without text goes in its place,
   * once, so that nothing waits for it. A prompt that is typed still is sent again when it changes.
   */
  #drop(sequence, message, goesOn) {
    const number = this.#fragments.turnOf(sequence);
    if (number === undefined) return;
    if (goesOn) this.#fragments.fill(sequence, number);
    if (sequence < this.#firstToRefuse) return;
    const turn = this.turns[number];
    if (number === this.turn) {
      this.#firstToRefuse = this.#fragments.next;
      if (goesOn) this.#fragments.replaceAll(number, "");
      this.#sent = "";
    } else if (turn && turn.prompt !== null && !turn.confirmed) {
      this.#giveBack(turn, message);
    }
  }

  #denied() {
    this.#become("denied");
    this.dispatchEvent(new CustomEvent("denied"));
  }

  #lose() {
    this.#become("lost");
    this.#connection.close();
    this.dispatchEvent(new CustomEvent("lost"));
  }
}
