package io.livemind.simulator;

import java.util.Arrays;
import java.util.List;

/**
 * The tokens of a conversation as a serving engine's prefix cache sees them: their number, and a
 * hash per full block of {@value #BLOCK} tokens that stands for everything up to the block's end.
 *
 * <p>Threading: one thread at a time.
 */
final class PromptTokens {
  /** As in vLLM: a block that is not full is never cached. */
  static final int BLOCK = 16;

  /** Tokens of a chat template around a message: who speaks, and the end. */
  private static final int HEADER_TOKENS = 3;

  private static final long END_OF_MESSAGE = -1;

  private long[] blocks = new long[64];
  private int count;
  private long hash;

  /** The prompt of a call: its messages, and the header of the reply. */
  static PromptTokens of(List<ChatMessage> messages) {
    var tokens = new PromptTokens();
    for (ChatMessage message : messages) {
      tokens.header(message.role());
      tokens.append(message.content());
    }
    tokens.header(ChatMessage.Role.ASSISTANT);
    return tokens;
  }

  int count() {
    return count;
  }

  /** Hashes of the full blocks, in order; equal hashes mean equal beginnings. */
  long[] blocks() {
    return Arrays.copyOf(blocks, count / BLOCK);
  }

  /** Appends a message's text and its end. */
  void append(String content) {
    ApproximateTokens.each(content, this::add);
    add(END_OF_MESSAGE);
  }

  private void header(ChatMessage.Role role) {
    for (int i = 0; i < HEADER_TOKENS; i++) add(role.name().hashCode());
  }

  private void add(long token) {
    hash = Mix.of(hash, token);
    count++;
    if (count % BLOCK != 0) return;
    int block = count / BLOCK - 1;
    if (block == blocks.length) blocks = Arrays.copyOf(blocks, 2 * blocks.length);
    blocks[block] = hash;
  }
}
