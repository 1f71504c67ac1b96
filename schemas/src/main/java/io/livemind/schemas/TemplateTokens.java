package io.livemind.schemas;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the power from chat-template markers that a user or a model wrote: a serving engine must
 * not read them as the border of a message. The opening of our own {@link AnswerCue} counts as one,
 * so that the cue can always be told from the text before it.
 *
 * <p>A zero-width space is put before the last character of each marker; everything else stays as
 * it is. Guarantees: no marker is left; text without markers is unchanged; neutralising twice is
 * neutralising once; and what becomes of a character depends only on what stands before it, so the
 * neutralised beginning of a text is the beginning of the neutralised text. The last one is what
 * keeps prompts append-only when a marker arrives in two pieces.
 *
 * <p>A tokenizer that drops zero-width spaces before it looks for markers would put one together
 * again; byte-level tokenizers, and those that do not normalise, keep it broken.
 */
public final class TemplateTokens {
  private static final char ZERO_WIDTH_SPACE = '\u200b';

  /**
   * Each alternative ends at the first place where it can end and holds no zero-width space; the
   * guarantees above rest on both.
   */
  private static final Pattern MARKER =
      Pattern.compile(
          String.join(
              "|",
              // ChatML, Qwen, Llama 3 and 4, Phi, Zephyr, Command R, Harmony, GLM, Granite, Kimi
              "<\\|[A-Za-z0-9_▁/.-]{1,40}\\|>",
              // DeepSeek
              "<｜[^｜<>\\s\\u200b]{1,40}｜>",
              // Gemma 4, up to Gemma 3
              "<\\|(?:turn|channel|think|tool|tool_call|tool_response|image|audio|video)>",
              "<(?:turn|channel|think|tool|tool_call|tool_response|image|audio|video)\\|>",
              "<(?:start|end)_of_(?:turn|image)>",
              // Sentence borders of SentencePiece vocabularies; Command R; GLM
              "</?s>|<(?:bos|eos|pad|unk|mask|sop|eop)>|<(?:BOS|EOS|PAD|UNK)_TOKEN>|\\[gMASK]",
              // Llama 2, Mistral
              "\\[/?INST]|<</?SYS>>",
              "\\[/?(?:SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT|ARGS|CALL_ID|THINK)]",
              // EXAONE, Kimi
              "\\[\\|/?[a-z]{1,20}\\|]|\\[(?:BOS|EOS|EOT|PAD)]",
              // MiniMax
              "]~b]|]~!b\\[|\\[e~\\[",
              // Thinking and tool calls of Qwen, DeepSeek, GLM
              "</?(?:think|tool_call|tool_response)>",
              Pattern.quote(cueOpening())));

  private TemplateTokens() {}

  /** The text without a marker. */
  public static String neutralise(String text) {
    return neutralise(List.of(text)).getFirst();
  }

  /**
   * Neutralises a text that is cut into pieces; a marker across a cut is found too.
   *
   * @return as many pieces; joined they are the joined text, neutralised
   */
  public static List<String> neutralise(List<String> pieces) {
    BitSet breaks = breaks(String.join("", pieces));
    if (breaks.isEmpty()) return pieces;
    List<String> neutral = new ArrayList<>(pieces.size());
    int start = 0;
    for (String piece : pieces) {
      neutral.add(broken(piece, start, breaks));
      start += piece.length();
    }
    return List.copyOf(neutral);
  }

  /**
   * The text that {@link #neutralise(String)} made this one of; a text that it did not make comes
   * back as it is. For checks that hold what a model was told against what was typed.
   */
  public static String restore(String text) {
    if (text.indexOf(ZERO_WIDTH_SPACE) < 0) return text;
    String restored = text.replace(String.valueOf(ZERO_WIDTH_SPACE), "");
    return neutralise(restored).equals(text) ? restored : text;
  }

  /** Where a marker's last character stands; markers may overlap. */
  private static BitSet breaks(String text) {
    var breaks = new BitSet();
    if (text.indexOf('<') < 0 && text.indexOf('[') < 0 && text.indexOf(']') < 0) return breaks;
    Matcher marker = MARKER.matcher(text);
    for (int from = 0; marker.find(from); from = marker.start() + 1) breaks.set(marker.end() - 1);
    return breaks;
  }

  private static String broken(String piece, int start, BitSet breaks) {
    var text = new StringBuilder(piece.length() + 8);
    int copied = 0;
    int end = start + piece.length();
    for (int at = breaks.nextSetBit(start); at >= 0 && at < end; at = breaks.nextSetBit(at + 1)) {
      text.append(piece, copied, at - start).append(ZERO_WIDTH_SPACE);
      copied = at - start;
    }
    return text.append(piece, copied, piece.length()).toString();
  }

  private static String cueOpening() {
    String cue = AnswerCue.text(Optional.empty());
    return cue.substring(0, cue.length() - 1);
  }
}
