// The page: one conversation after the other, a desk to type at, and the margin where thoughts appear.

import { LiveMindSession, Typist, difference } from "./livemind.js";
import { Announcer, TurnView, element, latency, showThoughts } from "./conversation.js";
import { seconds } from "./timeline.js";

const STORE = "livemind";
const LABELS = { live: "Live", collaborative: "Collaborative", conventional: "Conventional" };
const STATES = {
  idle: "connecting", connecting: "connecting", open: "connected", waiting: "reconnecting…",
  lost: "session lost", closed: "not connected", passive: "typing elsewhere",
};

const find = (id) => document.getElementById(id);
const prompt = find("prompt");
const announcer = new Announcer(find("announcer"));
const latencies = new Map();
let settings;
let session;
let typist;
let views = new Map();
let typing = 0;
let samples = 0;
let lastText = "";
let conversations = 0;

function remember() {
  const prompts = session.turns.slice(0, session.turn).map((turn) => turn.prompt);
  const kept = { model: session.model, handle: session.handle, prompts, draft: prompt.value, paused: typist.paused };
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
  session = new LiveMindSession({ model, handle: kept.handle ?? null, prompts: kept.prompts ?? [] });
  session.text = prompt.value;
  typist = new Typist(session, prompt);
  typist.paused = find("pause").checked;
  if (typist.paused) session.text = "";
  const mine = session;
  session.addEventListener("change", () => mine === session && show());
  session.addEventListener("returned", ({ detail }) => {
    if (mine !== session) return;
    views.get(detail.turn)?.root.remove();
    views.delete(detail.turn);
    if (prompt.value === "") prompt.value = detail.prompt;
    typed();
  });
  session.addEventListener("lost", () => mine === session && lost());
  session.start();
  show();
}

function lost() {
  tell("The session is gone. A new one begins.");
  divide("A new conversation");
  begin(session.model);
}

function divide(text) {
  if (document.querySelector(".turn")) find("conversation").append(element("p", "divider", text));
}

function chooseModel(model) {
  if (model.name === session.model) return;
  divide(`${LABELS[kind(model)] ?? model.name}: a new conversation, the model does not see the turns above`);
  begin(model.name);
  prompt.focus();
}

const kind = (model) => (model.collaborative ? "collaborative" : model.mode);

// What is shown

function show() {
  const link = find("link");
  link.className = `link ${session.state === "open" ? "open" : session.state === "waiting" ? "" : session.state === "lost" ? "bad" : ""}`;
  const recovered = session.state === "open" && !session.recovered ? "connected, history incomplete" : STATES[session.state];
  if (find("link-text").textContent !== recovered) find("link-text").textContent = recovered;
  link.dataset.state = session.state;
  link.dataset.settled = session.settled;
  if (session.notice) {
    tell(session.notice);
    session.notice = "";
  }
  for (const turn of session.turns) if (turn.submitted) showTurn(turn);
  const current = session.turns[session.turn];
  showThoughts(find("thoughts"), current?.inferences ?? []);
  find("no-thoughts").hidden = (current?.inferences.length ?? 0) > 0;
  find("no-thoughts").textContent =
    settings.models.find((model) => model.name === session.model)?.mode === "conventional"
      ? "In conventional mode the model waits for Enter, like everybody else’s."
      : typist.paused
        ? "Paused: nothing is sent before Enter."
        : "What the model concludes appears here, sentence by sentence.";
  showSegments();
  remember();
}

function showTurn(turn) {
  let view = views.get(turn.number);
  const news = !view;
  if (news) {
    const mine = session;
    view = new TurnView(() => mine.cancel(turn.number));
    views.set(turn.number, view);
    find("intro").hidden = true;
    find("conversation").append(view.root);
  }
  const follow = news || atEnd();
  view.update(turn);
  announcer.update(`${conversations}/${turn.number}`, turn);
  if (turn.end?.type === "completed") measured(turn);
  if (follow && !turn.end) window.scrollTo({ top: document.body.scrollHeight });
}

const atEnd = () => window.innerHeight + window.scrollY > document.body.scrollHeight - 160;

function measured(turn) {
  const first = latency(turn);
  if (first === null || turn.counted) return;
  turn.counted = true;
  const all = latencies.get(session.model) ?? [];
  latencies.set(session.model, [...all, first].sort((one, other) => one - other));
  showModes();
}

/** The text as the pipeline has cut it, under the text as it is typed. */
function showSegments() {
  const text = prompt.value;
  const segments = session.turns[session.turn]?.segments ?? [];
  const pieces = [];
  let end = 0;
  for (const segment of segments) {
    if (!segment || segment.start !== end || segment.end > text.length) break;
    pieces.push([segment, text.slice(segment.start, segment.end)]);
    end = segment.end;
  }
  const mirror = find("mirror");
  const spans = pieces.map(([segment, words], index) => {
    const kept = mirror.children[index];
    const span = kept?.segment === segment ? kept : element("span");
    span.segment = segment;
    span.className = segment.stale ? "cut stale" : "cut";
    if (span.textContent !== words) span.textContent = words;
    return span;
  });
  mirror.replaceChildren(...spans, text.slice(end));
}

function typed() {
  const edit = difference(lastText, prompt.value);
  lastText = prompt.value;
  if (edit)
    for (const segment of session.turns[session.turn]?.segments ?? [])
      if (segment && segment.end > edit.position) segment.stale = true;
  showSegments();
  remember();
}

function tell(text) {
  const notice = find("notice");
  notice.textContent = text;
  notice.hidden = false;
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => (notice.hidden = true), 6000);
}

function showModes() {
  for (const label of find("modes").querySelectorAll("label")) {
    const all = latencies.get(label.querySelector("input").value);
    label.querySelector("small").textContent = all ? seconds(all[Math.floor(all.length / 2)]) : "—";
  }
}

function offerModes() {
  for (const model of settings.models) {
    const label = element("label");
    const input = element("input");
    Object.assign(input, { type: "radio", name: "mode", value: model.name, checked: model.name === session.model });
    input.addEventListener("change", () => chooseModel(model));
    const words = element("span", "", LABELS[kind(model)] ?? model.name);
    const small = element("small", "", "—");
    small.title = "Median time from Enter to the first word, in this visit";
    words.append(small);
    label.append(input, words);
    find("modes").append(label);
  }
}

// What can be done

function ask() {
  stopSample();
  if (session.state === "passive") session.takeBack();
  if (typist.submit()) typed();
  prompt.focus();
}

/** Types a sample as a person would: about twelve characters a second, slower at the end of a sentence. */
function typeSample() {
  if (typing) return stopSample();
  const text = settings.samples[samples++ % settings.samples.length];
  const characters = [...text];
  prompt.value = "";
  // So that Enter asks when the sample is there.
  prompt.focus();
  find("sample").textContent = "Stop typing";
  const next = () => {
    const character = characters.shift();
    if (character === undefined) return stopSample();
    prompt.value += character;
    prompt.dispatchEvent(new InputEvent("input", { bubbles: true }));
    prompt.parentElement.scrollTop = prompt.parentElement.scrollHeight;
    const pause = /[.?!]/u.test(character) ? 700 : character === " " ? 110 : 45 + Math.random() * 60;
    typing = setTimeout(next, pause);
  };
  next();
}

function stopSample() {
  clearTimeout(typing);
  typing = 0;
  find("sample").textContent = "Type this for me";
}

function pause() {
  typist.paused = find("pause").checked;
  document.body.classList.toggle("paused", typist.paused);
  const privacy = find("privacy");
  const strong = element("strong", "", typist.paused ? "only with Enter" : "while you type");
  privacy.replaceChildren("Your text leaves the browser ", strong, typist.paused ? "." : ", also what you delete again.");
  if (!typist.paused) typist.flush();
  show();
}

function deleteSession() {
  stopSample();
  session.delete();
  find("conversation").querySelectorAll(".turn, .divider").forEach((old) => old.remove());
  find("announcer").replaceChildren();
  prompt.value = "";
  lastText = "";
  find("intro").hidden = false;
  begin(session.model);
  tell("The session and everything in it are deleted.");
}

async function signIn() {
  const dialog = find("sign-in");
  dialog.showModal();
  return new Promise((signedIn) => {
    find("sign-in-form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const headers = { Authorization: `Bearer ${find("key").value}` };
      const answer = await fetch("/v1/sign-in", { method: "POST", headers });
      find("key").value = "";
      if (answer.ok) {
        dialog.close();
        signedIn();
      } else {
        find("sign-in-problem").textContent = "This key is not known here.";
      }
    });
  });
}

async function start() {
  settings = await (await fetch("/page/settings.json")).json();
  if (settings.signIn && !(await fetch("/v1/models")).ok) await signIn();
  const kept = remembered();
  const known = settings.models.some((model) => model.name === kept.model);
  find("pause").checked = kept.paused === true;
  prompt.value = kept.draft ?? "";
  lastText = prompt.value;
  begin(known ? kept.model : settings.models[0].name, known ? kept : {});
  offerModes();
  pause();
  prompt.addEventListener("input", typed);
  prompt.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      ask();
    }
  });
  find("ask").addEventListener("click", ask);
  find("sample").addEventListener("click", typeSample);
  find("pause").addEventListener("change", pause);
  find("delete").addEventListener("click", deleteSession);
  prompt.focus();
}

start().catch(() => tell("The gateway cannot be reached. Reload the page to try again."));
