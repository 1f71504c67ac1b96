package io.livemind.topology.state;

import io.livemind.schemas.avro.ModelUsage;
import io.livemind.topology.session.Draft;
import io.livemind.topology.state.avro.StoredDraft;
import io.livemind.topology.state.avro.StoredDraftAnswer;

/** Between a draft answer and its stored record. */
final class DraftCodec {
  private DraftCodec() {}

  static StoredDraft toStored(Draft draft) {
    return new StoredDraft(draft.textHash(), draft.answer().map(DraftCodec::toStored).orElse(null));
  }

  static Draft fromStored(StoredDraft stored) {
    return new Draft(stored.getTextHash(), stored.getAnswer().map(DraftCodec::fromStored));
  }

  private static StoredDraftAnswer toStored(Draft.Answer answer) {
    ModelUsage usage = answer.usage();
    return new StoredDraftAnswer(
        answer.step(),
        answer.attempt(),
        answer.execution(),
        answer.text(),
        usage.getPromptTokens().orElse(null),
        usage.getCompletionTokens().orElse(null),
        usage.getCachedTokens().orElse(null),
        usage.getFirstTokenMillis().orElse(null),
        usage.getTotalMillis(),
        usage.getCostNanos().orElse(null),
        usage.getPromptEstimate().orElse(null));
  }

  private static Draft.Answer fromStored(StoredDraftAnswer stored) {
    return new Draft.Answer(
        stored.getStep(),
        stored.getAttempt(),
        stored.getExecution(),
        stored.getText(),
        new ModelUsage(
            stored.getPromptTokens().orElse(null),
            stored.getCompletionTokens().orElse(null),
            stored.getCachedTokens().orElse(null),
            stored.getFirstTokenMillis().orElse(null),
            stored.getTotalMillis(),
            stored.getCostNanos().orElse(null),
            stored.getPromptEstimate().orElse(null)));
  }
}
