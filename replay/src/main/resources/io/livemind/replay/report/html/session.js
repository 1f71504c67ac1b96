// One session: what was typed, thought and answered, when, with the texts.
"use strict";

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** The segments that held in the end, and every model call with its begin and end. */
function fold(turn) {
  const segments = [];
  const calls = new Map();
  let draft = null;
  for (const event of turn.events) {
    const call = calls.get(event.step);
    switch (event.type) {
      case "segment_closed":
        segments.length = Math.min(segments.length, event.index);
        segments[event.index] = event;
        break;
      case "revised":
        segments.length = Math.min(segments.length, event.keptSegments);
        for (const other of calls.values()) if (other.segments > event.keptSegments) other.state = "invalid";
        break;
      case "inference_started":
        if (!call) calls.set(event.step, { ...event, state: "running", begin: event.seconds });
        break;
      case "inferred":
      case "inference_dropped":
        calls.set(event.step, { begin: event.seconds, segments: 0, ...call, ...event, state: event.type === "inferred" ? "done" : "dropped", end: event.seconds });
        break;
      case "draft_started":
        draft = { begin: event.seconds, state: "running" };
        break;
      case "draft_held":
        draft = { begin: event.seconds, ...draft, state: "held", end: event.seconds };
        break;
      case "draft_ended":
        draft = { begin: event.seconds, end: event.seconds, ...draft, state: event.released ? "released" : "dropped" };
        break;
      default:
        break;
    }
  }
  const over = turn.submitSeconds;
  return { segments, calls: [...calls.values()].map((call) => (call.state === "running" ? { ...call, state: "dropped", end: over } : call)), draft };
}

function lane(name, bars) {
  const track = element("div", "lane");
  track.append(...bars);
  return [element("span", "", name), track];
}

function timeline(turn, { segments, calls, draft }) {
  const to = Math.max(turn.endSeconds ?? turn.submitSeconds, turn.submitSeconds) + 0.001;
  const bar = (kind, begin, end, title) => {
    const made = element("i", kind);
    made.style.left = `${(Math.max(0, begin) / to) * 100}%`;
    made.style.width = `${(Math.max(0, end - begin) / to) * 100}%`;
    made.title = title;
    return made;
  };
  let cut = 0;
  const pieces = segments.map((segment) => {
    const begin = cut;
    cut = Math.max(cut, segment.seconds);
    return bar(`segment ${segment.index % 2 ? "b" : "a"}`, begin, cut, `segment ${segment.index + 1}, cut at ${seconds(segment.seconds)}`);
  });
  const first = turn.firstTextSeconds ?? to;
  const answer = [
    ...(draft ? [bar(`draft ${draft.state}`, draft.begin, draft.end ?? turn.submitSeconds, `draft: ${draft.state}`)] : []),
    bar("waiting", turn.submitSeconds, first, `first text ${seconds(first - turn.submitSeconds)} after submit`),
    ...(turn.firstTextSeconds === undefined ? [] : [bar("answering", first, to, `answer of ${seconds(to - first)}`)]),
  ];
  const root = element("div", "timeline");
  root.setAttribute("role", "img");
  const latency = turn.endSeconds === undefined ? "no answer" : `answered ${seconds(turn.endSeconds - turn.submitSeconds)} after submit`;
  root.setAttribute("aria-label", `Typed for ${seconds(turn.submitSeconds)}; ${segments.length} segments, ${calls.length} inferences; ${latency}.`);
  root.append(
    ...lane("typing", turn.typing.map(([at, length]) => bar(length < 0 ? "key gone" : "key", at, at, `${length} characters at ${seconds(at)}`))),
    ...lane("segments", pieces),
    ...lane("inferences", calls.map((call) => bar(`thinking ${call.state}`, call.begin, call.end, call.text || call.code || call.action || call.state))),
    ...lane("answer", answer),
  );
  const axis = element("div", "axis");
  axis.append(element("span", "", "0 s"), element("span", "", `submit ${seconds(turn.submitSeconds)}`), element("span", "", latency));
  root.append(axis);
  return root;
}

function promptText(prompt, segments) {
  const root = element("p", "prompt");
  let end = 0;
  for (const segment of segments) {
    if (segment.start !== end) break;
    const piece = element("span", segment.index % 2 ? "cut b" : "cut a");
    piece.append(element("sup", "", `${segment.index + 1}`), prompt.slice(segment.start, segment.end));
    root.append(piece);
    end = segment.end;
  }
  root.append(prompt.slice(end));
  return root;
}

const HOW = { running: "still running at submit", dropped: "stopped or failed", invalid: "dropped by an edit" };

function inferences(calls) {
  const list = element("ol", "inferences");
  for (const { state, text, action, code, begin, end, completionTokens } of calls) {
    const item = element("li", state);
    item.append(element("span", "", text || (action === "wait" ? "(waits)" : code ? `(${code})` : `(${HOW[state] ?? "no text"})`)));
    const facts = [action, HOW[state], `${seconds(begin)} to ${seconds(end)}`, completionTokens && `${completionTokens} tokens`];
    item.append(element("small", "", facts.filter(Boolean).join(" · ")));
    list.append(item);
  }
  return list;
}

/** Puts a session into the page. */
function showSession(root, index) {
  const session = report.sessions[index];
  const facts = [session.title, session.arm, session.language, `latency ${seconds(session.latencySeconds)}`, `first token ${seconds(session.firstTokenSeconds)}`,
    session.overheadSeconds !== undefined && `pipeline ${seconds(session.overheadSeconds)}`, session.failure && `failed: ${session.failure}`];
  root.replaceChildren(element("p", "facts", facts.filter(Boolean).join(" · ")));
  report.timelines[index].forEach((turn, number) => {
    const folded = fold(turn);
    const article = element("article", "turn");
    if (report.timelines[index].length > 1) article.append(element("h3", "", `Turn ${number + 1}`));
    const texts = element("div", "texts");
    const left = element("div");
    left.append(element("h3", "", "Prompt"), promptText(turn.prompt, folded.segments), element("h3", "", "Answer"), element("p", "answer", turn.answer || turn.failure || "—"));
    const right = element("div");
    right.append(element("h3", "", `Inferences: ${folded.calls.length}`), inferences(folded.calls));
    texts.append(left, right);
    article.append(timeline(turn, folded), texts);
    root.append(article);
  });
}
