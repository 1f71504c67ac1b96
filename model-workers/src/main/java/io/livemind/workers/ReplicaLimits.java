package io.livemind.workers;

import java.util.Optional;

/**
 * How much a replica gets of one worker, and how much it can take at all.
 *
 * @param places calls that this worker runs there at a time, at most; keep the sum over all workers
 *     below {@code capacity}, else calls queue there where nobody can let an answer pass
 * @param capacity calls that the server itself runs at a time (vLLM: {@code --max-num-seqs}); only
 *     for the check of the configuration
 * @param contextWindow tokens of prompt and reply together; a prompt that is surely longer is not
 *     sent there
 * @param maximumTokens upper limit of a reply, whatever the task allows; empty: none of our own
 * @param requestsPerMinute calls that this worker starts there in a minute, spread over it
 * @param tokensPerMinute tokens of prompts and replies that this worker spends there in a minute,
 *     spread over it
 */
public record ReplicaLimits(
    int places,
    Optional<Integer> capacity,
    Optional<Integer> contextWindow,
    Optional<Integer> maximumTokens,
    Optional<Integer> requestsPerMinute,
    Optional<Integer> tokensPerMinute) {

  public ReplicaLimits {
    if (places < 1) throw ReplicaConfig.wrong("places", "at least 1", places);
    atLeastOne("capacity", capacity);
    atLeastOne("context-window", contextWindow);
    atLeastOne("maximum-tokens", maximumTokens);
    atLeastOne("requests-per-minute", requestsPerMinute);
    atLeastOne("tokens-per-minute", tokensPerMinute);
  }

  /** Nothing but places. */
  public static ReplicaLimits places(int places) {
    return new ReplicaLimits(
        places,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static void atLeastOne(String name, Optional<Integer> limit) {
    limit.ifPresent(
        value -> {
          if (value < 1) throw ReplicaConfig.wrong(name, "at least 1, or left out", value);
        });
  }
}
