// What is known of a session: its turns, folded from the events of the log.

/** What a turn of the session is known to be. */
export function newTurn(number) {
  return {
    number,
    /** The prompt as this client typed it; null for a turn of an earlier visit whose text is not stored. */
    prompt: null,
    submitted: false,
    /** Whether somebody has asked for its answer to stop. */
    stopped: false,
    /** Whether the pipeline is known to have the whole prompt. */
    confirmed: false,
    resyncs: 0,
    /** Closed pieces of the prompt: {index, start, end, closedBy, atMillis}. */
    segments: [],
    /** Conclusions: {step, action, segments, text, usage, state: "running"|"done"|"dropped"|"invalid", ...}. */
    inferences: [],
    revision: 0,
    /** An answer made before the prompt was submitted: {step, state: "running"|"held"|"dropped"|"released", ...}; or null. */
    draft: null,
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

/** The turn of this number; those before it are there then. */
function turnAt(turns, number) {
  while (turns.length <= number) turns.push(newTurn(turns.length));
  return turns[number];
}

/** Takes the turns of a session as the pipeline tells them where the log does not reach back. */
export function applyPast(turns, { turn, answering, answeredPrompt, turns: past }) {
  for (const { turn: number, prompt, answer, interrupted, failure, message } of past) {
    const type = failure ? "failed" : interrupted ? "cancelled" : "completed";
    applyEvent(turns, { type, turn: number, text: answer, code: failure, message }).prompt ??= prompt;
  }
  if (!answering) return;
  const answered = turnAt(turns, turn);
  answered.submitted = answered.confirmed = true;
  answered.prompt ??= answeredPrompt;
}

/** Takes what a model concluded, as the pipeline tells it, where no event tells more. */
export function applyMemory(turns, { turn, memory }) {
  const { inferences } = turnAt(turns, turn);
  if (inferences.length > 0) return;
  for (const { segments, text } of memory)
    inferences.push({ step: -1, action: "inference", segments, text, state: "done", startedMillis: 0, endedMillis: 0 });
}

/** On this browser's clock if it saw the event happen, else on the pipeline's. */
const momentOf = (event) => event.receivedMillis ?? event.atMillis;

/** Takes an event of the log into a list of turns. The same events in the same order make the same turns. */
export function applyEvent(turns, event) {
  const turn = turnAt(turns, event.turn);
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
        turn.inferences.push({ ...event, state: "running", text: "", startedMillis: momentOf(event) });
      break;
    case "inferred":
    case "inference_dropped": {
      const dropped = event.type === "inference_dropped";
      let known = turn.inferences.find((other) => other.step === event.step && other.state === "running");
      if (!known) {
        if (turn.inferences.some((other) => other.step === event.step && other.state !== "invalid")) break;
        known = { step: event.step, segments: event.segments ?? 0, startedMillis: momentOf(event) };
        turn.inferences.push(known);
      }
      const endedMillis = momentOf(event);
      Object.assign(known, event, { state: dropped ? "dropped" : "done", endedMillis });
      break;
    }
    case "draft_started":
      turn.draft = { step: event.step, state: "running", startedMillis: momentOf(event) };
      break;
    case "draft_held":
      turn.draft = { startedMillis: momentOf(event), ...turn.draft, step: event.step, state: "held" };
      turn.draft.endedMillis = momentOf(event);
      break;
    case "draft_ended":
      turn.draft = { startedMillis: momentOf(event), endedMillis: momentOf(event), ...turn.draft, usage: event.usage };
      turn.draft.state = event.released ? "released" : "dropped";
      break;
    case "started":
      turn.submitted = turn.confirmed = true;
      showExecution(turn, event);
      dropRunning(turn);
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
      dropRunning(turn);
      break;
    default:
      break;
  }
  return turn;
}

/** Nobody needs it any more once the answer begins. */
function dropRunning(turn) {
  for (const inference of turn.inferences) if (inference.state === "running") inference.state = "dropped";
}

/** The first execution of the highest attempt is shown. */
function showExecution(turn, event) {
  if (turn.end || event.attempt <= turn.attempt) return;
  turn.attempt = event.attempt;
  turn.execution = event.execution;
  turn.nextDelta = 0;
  turn.answer = "";
}
