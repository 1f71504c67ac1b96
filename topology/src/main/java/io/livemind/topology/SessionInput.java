package io.livemind.topology;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Result;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.topology.state.Head;
import io.livemind.topology.typing.PromptChange;
import io.livemind.topology.typing.TypedPrompt;
import java.util.List;
import java.util.OptionalLong;

/** What {@link SegmentsToTasks} is handed. */
sealed interface SessionInput {

  /** A session begins. */
  record SessionOpened(Fragment fragment, SessionOptions options, Head head)
      implements SessionInput {}

  /** The prompt of an open session changed; the head is the one from before. */
  record PromptUpdate(Head head, TypedPrompt prompt, List<PromptChange> changes)
      implements SessionInput {}

  /** A fragment that opens no session and is for none; the limit is the bound that was met. */
  record Refusal(Fragment fragment, FailureCode code, OptionalLong limit) implements SessionInput {}

  /** A reader wants to see the session on this answers partition from now on. */
  record ResumeRequested(Head head, String request, int answersPartition) implements SessionInput {}

  /** A worker reported. */
  record WorkerReport(Result result) implements SessionInput {}
}
