package io.livemind.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PrefixCacheProperties {

  /** Prompts are paths in a small tree, so that they share beginnings as conversations do. */
  @Property
  void hitsAreThoseOfAListInOrderOfUse(
      @ForAll("paths") List<List<Integer>> prompts, @ForAll @IntRange(max = 12) int capacity) {
    var cache = new PrefixCache(capacity);
    var reference = new Reference(capacity);
    for (List<Integer> prompt : prompts) {
      long[] blocks = chain(prompt);
      assertThat(cache.use(blocks)).isEqualTo(reference.use(blocks));
      boolean usedOnly = prompt.size() % 2 == 1;
      if (usedOnly) continue;
      cache.hold(blocks);
      reference.hold(blocks);
      assertThat(cache.size()).isEqualTo(reference.recent.size()).isLessThanOrEqualTo(capacity);
    }
  }

  @Property
  void aPromptThatWasJustHeldHitsAsFarAsTheCacheReaches(
      @ForAll("paths") List<List<Integer>> prompts, @ForAll @IntRange(max = 12) int capacity) {
    var cache = new PrefixCache(capacity);
    for (List<Integer> prompt : prompts) {
      cache.hold(chain(prompt));
      assertThat(cache.use(chain(prompt))).isEqualTo(Math.min(prompt.size(), capacity));
    }
  }

  @Example
  void aChangeAtOneTokenLosesItsBlockAndAllBehindIt() {
    String words = "word ".repeat(100);
    long[] first = PromptTokens.of(List.of(ChatMessage.user(words + "one " + words))).blocks();
    long[] second = PromptTokens.of(List.of(ChatMessage.user(words + "two " + words))).blocks();
    long[] changed = PromptTokens.of(List.of(ChatMessage.user("other " + words))).blocks();
    var cache = new PrefixCache(1_000);
    cache.hold(first);

    assertThat(first.length).isGreaterThan(10);
    assertThat(cache.use(second)).isEqualTo(100 / PromptTokens.BLOCK);
    assertThat(cache.use(changed)).isZero();
  }

  @Example
  void aCallThatBeginsWithTheCallBeforeAndItsReplyHitsBoth() {
    List<ChatMessage> call = List.of(ChatMessage.user("Tell me about rivers. ".repeat(20)));
    PromptTokens served = PromptTokens.of(call);
    String reply = "A river flows. ".repeat(20);
    served.append(reply);
    var next = new ArrayList<>(call);
    next.add(ChatMessage.assistant(reply));
    next.add(ChatMessage.user("And lakes?"));
    var cache = new PrefixCache(1_000);
    cache.hold(served.blocks());

    assertThat(cache.use(PromptTokens.of(next).blocks())).isEqualTo(served.blocks().length);
  }

  @Provide
  Arbitrary<List<List<Integer>>> paths() {
    return Arbitraries.integers().between(0, 1).list().ofMaxSize(8).list().ofMaxSize(30);
  }

  private static long[] chain(List<Integer> path) {
    long hash = 1;
    long[] blocks = new long[path.size()];
    for (int i = 0; i < blocks.length; i++) blocks[i] = hash = Mix.of(hash, path.get(i));
    return blocks;
  }

  /** The cache as one would write it without a thought for speed: a list, the most recent first. */
  private static final class Reference {
    private final int capacity;
    private final List<Long> recent = new ArrayList<>();

    Reference(int capacity) {
      this.capacity = capacity;
    }

    int use(long[] blocks) {
      int hits = 0;
      while (hits < blocks.length && recent.contains(blocks[hits])) hits++;
      for (int i = hits - 1; i >= 0; i--) touch(blocks[i]);
      return hits;
    }

    void hold(long[] blocks) {
      for (int i = blocks.length - 1; i >= 0; i--) touch(blocks[i]);
      while (recent.size() > capacity) recent.removeLast();
    }

    private void touch(long block) {
      recent.remove((Long) block);
      recent.addFirst(block);
    }
  }
}
