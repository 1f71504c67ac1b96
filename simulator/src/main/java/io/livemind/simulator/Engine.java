package io.livemind.simulator;

import java.time.Duration;
import java.util.Optional;

/**
 * One simulated model: its places, its prefix cache, and how long its calls take.
 *
 * <p>Threading: any thread.
 */
final class Engine {
  private final ModelProfile profile;
  private final double speed;
  private final Duration chunkInterval;
  private final Sequences sequences;
  private final PrefixCache cache;

  Engine(ModelProfile profile, double speed, Duration chunkInterval) {
    this.profile = profile;
    this.speed = speed;
    this.chunkInterval = chunkInterval;
    this.sequences =
        new Sequences(profile.maxSequences(), profile.maxQueue(), profile.priorityQueue());
    this.cache = new PrefixCache(profile.cacheBlocks());
  }

  /** A call that runs: when its tokens are due, and what it counts. */
  final class Run {
    /** Empty for a recorded reply: its tokens were counted by the real model. */
    private final Optional<PromptTokens> prompt;

    private final ReplySchedule schedule;
    private final Usage usage;
    private final String reply;

    private Run(ChatCall call, Reply reply) {
      this.reply = reply.text();
      boolean recorded = reply.promptTokens().isPresent();
      this.prompt = recorded ? Optional.empty() : Optional.of(PromptTokens.of(call.messages()));
      int promptTokens =
          reply.promptTokens().orElseGet(() -> prompt.map(PromptTokens::count).orElse(0));
      int cached = prompt.map(Engine.this::cachedTokens).orElse(0);
      this.usage = new Usage(promptTokens, cached, reply.completionTokens());
      LatencyModel profiled =
          call.conventional() ? profile.conventionalLatency() : profile.latency();
      this.schedule =
          new ReplySchedule(
              reply.latency().orElse(profiled),
              promptTokens - cached,
              reply.completionTokens(),
              speed,
              profile.jitter(),
              Mix.of(profile.seed(), call.fingerprint()),
              chunkInterval);
    }

    Usage usage() {
      return usage;
    }

    Optional<ReplySchedule.Emission> next() {
      return schedule.next(profile.loadFactorAt(sequences.running()));
    }

    /** The prompt has been computed: the next call with the same beginning hits. */
    void prefilled() {
      prompt.ifPresent(tokens -> cache.hold(tokens.blocks()));
    }

    /** The reply has been computed too. */
    void decoded() {
      prompt.ifPresent(tokens -> tokens.append(reply));
      prefilled();
    }
  }

  /** The last prompt token is always computed: it gives the first token of the reply. */
  private int cachedTokens(PromptTokens prompt) {
    int most = (prompt.count() - 1) / PromptTokens.BLOCK;
    return Math.min(cache.use(prompt.blocks()), most) * PromptTokens.BLOCK;
  }

  /** Waits for a place: see {@link Sequences#enter}. */
  Sequences.Entry enter(ChatCall call, ClientLink link) {
    return sequences.enter(call.priority(), link);
  }

  void leave() {
    sequences.leave();
  }

  Run start(ChatCall call, Reply reply) {
    return new Run(call, reply);
  }

  ModelLoad load() {
    return new ModelLoad(sequences.running(), sequences.waiting());
  }
}
