// The page: one conversation after the other, a desk to type at, and the margin where thoughts appear.

import { LiveMindSession, Typist } from "./livemind.js";
import { Announcer } from "./announcer.js";
import { TurnView, responseLatency } from "./conversation.js";
import { Desk } from "./desk.js";
import { element, find, say } from "./element.js";
import { Modes, labelOf } from "./modes.js";
import { SampleTypist } from "./sample.js";
import { signIn } from "./sign-in.js";

const STORE = "livemind";
const NOTICE_MILLIS = 6000;
const TICK_MILLIS = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1000 : 100;
const STATES = {
  idle: "connecting", connecting: "connecting", open: "connected", waiting: "reconnecting…", denied: "signed out",
  lost: "session lost", closed: "not connected", passive: "typing elsewhere",
};

const measured = new Set();
const prompt = find("prompt");
const announcer = new Announcer(find("announcer"));
const desk = new Desk();
const sample = new SampleTypist(prompt, () => say(find("sample"), sample.typing ? "Stop typing" : "Type this for me"));
let settings;
let modes;
let session;
let typist;
let views = new Map();
let samples = 0;
let conversations = 0;
let away = false;
let deleting = false;
/** Asked as soon as the session is open. */
let question = null;

// What a reload keeps

function remember() {
  const kept = { ...session.kept(), model: session.model, typed: prompt.value, paused: typist.paused };
  try {
    sessionStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    // A full or forbidden store only means that a reload begins anew.
  }
}

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE)) ?? {};
  } catch {
    return {};
  }
}

// Sessions

function begin(model, kept = {}) {
  typist?.stop();
  session?.close();
  views = new Map();
  conversations++;
  away = false;
  const mine = new LiveMindSession({ model, kept });
  session = mine;
  typist = new Typist(session, prompt);
  typist.paused = find("pause").checked;
  session.text = typist.paused ? "" : prompt.value;
  const on = (name, react) => session.addEventListener(name, (event) => mine === session && react(event.detail));
  on("change", show);
  on("returned", returned);
  on("lost", () => {
    tell("The session is gone. A new one begins.");
    divide("A new conversation");
    begin(session.model);
  });
  on("denied", () => signIn().then(() => session.start()));
  session.start();
  show();
}

function returned({ turn, prompt: text }) {
  views.get(turn)?.root.remove();
  views.delete(turn);
  prompt.value = prompt.value === "" ? text : `${text}\n\n${prompt.value}`;
  typed();
}

function divide(text) {
  if (document.querySelector(".turn")) find("conversation").append(element("p", "divider", text));
}

function chooseModel(model) {
  if (model.name === session.model) return;
  modes.choose(model.name);
  divide(`${labelOf(model)}: a new conversation, the model does not see the turns above`);
  begin(model.name);
}

const isConventional = (model) => model.mode === "conventional";

// What is shown

function show() {
  showLink();
  if (session.notice) {
    tell(session.notice);
    session.notice = "";
  }
  for (const turn of session.turns) if (turn.submitted) showTurn(turn);
  desk.show(session.turns[session.turn], emptyMargin());
  remember();
  if (question !== null && session.state === "open") ask();
}

function showLink() {
  const { state, recovered } = session;
  const link = find("link");
  Object.assign(link.dataset, { state, settled: session.settled });
  say(find("link-text"), state === "open" && !recovered ? "connected, history incomplete" : STATES[state]);
  find("take-back").hidden = state !== "passive";
  if (state === "waiting" && !away) tell("The connection is lost. Keep typing: all of it is sent when the connection is back.");
  if (state === "open" && away)
    tell(recovered ? "Connected again. Nothing was missed." : "Connected again, but a part of the history is gone.");
  if (state === "waiting" || state === "open") away = state === "waiting";
}

function emptyMargin() {
  if (isConventional(modelOf(session))) return "In conventional mode the model waits for Enter, like everybody else’s.";
  return typist.paused
    ? "Paused: nothing is sent before Enter."
    : "What the model concludes appears here, sentence by sentence.";
}

const modelOf = ({ model }) => settings.models.find(({ name }) => name === model) ?? {};

function showTurn(turn) {
  let view = views.get(turn.number);
  const news = !view;
  if (news) {
    const mine = session;
    const compare = settings.models.some(isConventional) && !isConventional(modelOf(session));
    view = new TurnView(() => mine.cancel(turn.number), compare ? () => askConventionally(turn.prompt) : null);
    views.set(turn.number, view);
    find("intro").hidden = true;
    find("conversation").append(view.root);
  }
  const follow = news || window.innerHeight + window.scrollY > document.body.scrollHeight - 160;
  view.update(turn);
  announcer.update(`${conversations}/${turn.number}`, turn);
  measure(turn);
  if (follow && (news || !turn.end)) window.scrollTo({ top: document.body.scrollHeight });
}

function measure(turn) {
  const response = responseLatency(turn);
  const key = `${conversations}/${turn.number}`;
  if (response === null || measured.has(key)) return;
  measured.add(key);
  modes.measured(session.model, response);
}

function tick() {
  desk.tick(session.turns[session.turn]);
  for (const [number, view] of views) if (!session.turns[number]?.end) view.tick(session.turns[number]);
}

function tell(text) {
  const notice = find("notice");
  say(notice, text);
  notice.hidden = false;
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => (notice.hidden = true), NOTICE_MILLIS);
}

// What can be done

function typed() {
  desk.typed(session.turns[session.turn]);
  remember();
}

function ask() {
  if (sample.typing) sample.stop();
  session.takeBack();
  if (question !== null) {
    const draft = prompt.value;
    prompt.value = question;
    question = null;
    typist.submit();
    prompt.value = draft;
    typist.flush();
  } else {
    typist.submit();
  }
  typed();
  prompt.focus();
}

function askConventionally(text) {
  question = text;
  chooseModel(settings.models.find(isConventional));
}

function stop() {
  if (sample.typing) sample.stop();
  const answering = session.turns.find((turn) => turn.submitted && !turn.end);
  if (answering) session.cancel(answering.number);
}

function toggleSample() {
  if (sample.typing) {
    sample.stop();
    return;
  }
  sample.type(settings.samples[samples++ % settings.samples.length]);
  // So that Enter asks when the sample is there.
  prompt.focus();
}

function pause() {
  typist.paused = find("pause").checked;
  document.body.classList.toggle("paused", typist.paused);
  const strong = element("strong", "", typist.paused ? "only with Enter" : "while you type");
  find("privacy").replaceChildren("Your text leaves the browser ", strong, typist.paused ? "." : ", also what you delete again.");
  if (!typist.paused) typist.flush();
  show();
}

async function deleteSession() {
  if (deleting) return;
  if (sample.typing) sample.stop();
  deleting = true;
  say(find("delete"), "Deleting…");
  const mine = session;
  const itsViews = views;
  const deleted = await mine.delete();
  deleting = false;
  const present = mine === session;
  say(find("delete"), deleted || !present ? "Delete session" : "Delete again");
  if (!deleted) {
    tell("The session is not deleted: no gateway has confirmed it. Delete it again when you are connected.");
    return;
  }
  if (present) beginAnew();
  else for (const { root } of itsViews.values()) root.remove();
  tell("The session and everything in it are deleted.");
}

/** Nothing of a deleted session stays. */
function beginAnew() {
  find("conversation").querySelectorAll(".turn, .divider").forEach((old) => old.remove());
  announcer.clear();
  prompt.value = "";
  find("intro").hidden = false;
  begin(session.model);
  typed();
}

function keyDown(event) {
  if (event.isComposing) return;
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) stop();
  if (event.key !== "Enter" || event.shiftKey || event.target !== prompt) return;
  event.preventDefault();
  ask();
}

async function start() {
  settings = await (await fetch("/page/settings.json")).json();
  if (settings.signIn && !(await fetch("/v1/models")).ok) await signIn();
  const kept = remembered();
  const known = settings.models.some((model) => model.name === kept.model);
  const model = known ? kept.model : settings.models[0].name;
  modes = new Modes(settings.models, model, (choice) => {
    chooseModel(choice);
    prompt.focus();
  });
  find("pause").checked = kept.paused === true;
  prompt.value = kept.typed ?? "";
  begin(model, known ? kept : {});
  typed();
  pause();
  prompt.addEventListener("input", typed);
  document.addEventListener("keydown", keyDown);
  find("ask").addEventListener("click", ask);
  find("sample").addEventListener("click", toggleSample);
  find("pause").addEventListener("change", pause);
  find("delete").addEventListener("click", deleteSession);
  find("take-back").addEventListener("click", () => session.takeBack());
  setInterval(tick, TICK_MILLIS);
  prompt.focus();
}

start().catch(() => tell("The gateway cannot be reached. Reload the page to try again."));
