// livemind.js: type into LiveMind from a browser. No dependencies; its parts lie beside it in `livemind/`.
//
//   import { LiveMindSession, Typist } from "/page/livemind.js";
//
//   const session = new LiveMindSession({ model: "livemind" });
//   session.addEventListener("change", () => show(session.turns));
//   const typist = new Typist(session, textArea);     // sends as somebody types
//   session.start();
//   typist.submit();                                  // ask
//
// The session keeps what the gateway says in `turns`, reconnects by itself, and continues without gap or
// repeat. All text is data: put it into the page with `textContent`.

export { LiveMindSession } from "./livemind/session.js";
export { Typist } from "./livemind/typist.js";
export { applyEvent } from "./livemind/turns.js";
export { difference, endsWord, textHash, wellFormed } from "./livemind/text.js";
