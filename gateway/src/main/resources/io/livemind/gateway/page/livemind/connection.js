// The wire: one WebSocket at a time, and another when it breaks.

const SHORTEST_WAIT = 250;
const LONGEST_WAIT = 8000;

/** A gateway gives a sign of life every 15 s. One that gave none for so long is left: no close ever comes of a path that is cut. */
const LONGEST_SILENCE = 45000;

/** A connection that does not confirm a deletion for so long is dead, or was: a request is made instead. */
const LONGEST_DELETION = 5000;

/** For that request. */
const LONGEST_REQUEST = 10000;

/** What the same gateway has at this path, over HTTP. */
export const besides = (url, path) => new URL(path, url.replace(/^ws/u, "http"));

/**
 * Keeps a WebSocket open. Tells its listener: `connecting()`, `opened()`, `message(object)`, `waiting()` (for the
 * next try), `denied()` (sign in first; no further try until `open()`).
 */
export class Connection {
  #url;
  #listener;
  #socket = null;
  #tries = 0;
  #tooMuch = false;
  #timer = 0;
  #alarm = 0;
  #longestSilence;
  #online = () => this.#timer && this.open();

  constructor(url, listener, longestSilence = LONGEST_SILENCE) {
    this.#url = url;
    this.#longestSilence = longestSilence;
    this.#listener = listener;
    globalThis.addEventListener?.("online", this.#online);
  }

  /** Connects; what was on its way over an older connection does not count any more. */
  open() {
    this.#leave();
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    let opened = false;
    this.#listener.connecting();
    socket.addEventListener("open", () => {
      opened = true;
      if (socket !== this.#socket) return;
      this.#heard();
      this.#listener.opened();
    });
    socket.addEventListener("message", ({ data }) => {
      if (socket !== this.#socket) return;
      this.#heard();
      const message = JSON.parse(data);
      if (message.type !== "alive") this.#listener.message(message);
    });
    socket.addEventListener("close", () => {
      if (socket !== this.#socket) return;
      clearTimeout(this.#alarm);
      this.#later();
      if (!opened) this.#askWhy(socket);
    });
  }

  /** Whether it was sent; nothing is kept for later. */
  send(message) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** The connection serves its purpose: the next wait is a short one again. */
  good() {
    if (!this.#tooMuch) this.#tries = 0;
  }

  /** Nothing is left to be sent again. */
  allArrived() {
    this.#tooMuch = false;
    this.#tries = 0;
  }

  /**
   * Leaves it for another one, later: after so many milliseconds at least. `tooMuch`: what was sent was more than the
   * gateway takes at once. It is sent again, and needs as much again, so the waits grow until all of it has arrived.
   */
  again(atLeast = 0, tooMuch = false) {
    this.#tooMuch ||= tooMuch;
    this.#leave();
    this.#later(atLeast);
  }

  /** Stays away until `open()`. */
  rest() {
    this.#leave();
  }

  close() {
    globalThis.removeEventListener?.("online", this.#online);
    this.#leave();
  }

  #leave() {
    clearTimeout(this.#timer);
    clearTimeout(this.#alarm);
    this.#timer = 0;
    const old = this.#socket;
    this.#socket = null;
    old?.close();
  }

  #heard() {
    clearTimeout(this.#alarm);
    this.#alarm = setTimeout(() => this.open(), this.#longestSilence);
  }

  /** Waits a quarter of a second, then twice that, up to eight; each by chance between half and whole. */
  #later(atLeast = 0) {
    const longest = Math.min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** this.#tries++);
    this.#timer = setTimeout(() => this.open(), Math.max(atLeast, longest * (0.5 + Math.random() / 2)));
    this.#listener.waiting();
  }

  /** A browser does not tell why a WebSocket was refused; a request over HTTP does. */
  async #askWhy(socket) {
    const answer = await fetch(besides(this.#url, "models"), { credentials: "include" }).catch(() => null);
    if (answer?.status !== 401 || socket !== this.#socket) return;
    this.rest();
    this.#listener.denied();
  }
}

/** Has a session deleted, over its connection or by a request: nobody takes it for deleted before that is confirmed. */
export class Deletion {
  #confirm = null;

  /**
   * Tells whether the gateway has confirmed.
   *
   * @param told whether the session's connection was told to delete it
   * @param url of its WebSocket
   * @param handle null: no gateway has told of the session, so there is nothing that a request could delete
   */
  async run(told, url, handle) {
    if (!told && !handle) return true;
    const confirmed = new Promise((confirm) => (this.#confirm = () => confirm(true)));
    const silence = new Promise((over) => setTimeout(() => over(false), LONGEST_DELETION));
    try {
      if (told && (await Promise.race([confirmed, silence]))) return true;
      return handle !== null && (await Promise.race([confirmed, requestDeletion(url, handle)]));
    } finally {
      this.#confirm = null;
    }
  }

  /** The session is no more. Tells whether somebody waited to hear so. */
  confirmed() {
    const awaited = this.#confirm !== null;
    this.#confirm?.();
    return awaited;
  }
}

async function requestDeletion(url, handle) {
  const options = { method: "DELETE", keepalive: true, signal: AbortSignal.timeout(LONGEST_REQUEST) };
  const answer = await fetch(besides(url, `sessions/${handle}`), options).catch(() => null);
  return answer?.ok === true;
}
