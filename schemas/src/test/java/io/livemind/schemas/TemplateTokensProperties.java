package io.livemind.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TemplateTokensProperties {
  /** Written down from the templates of the models, not from the expression under test. */
  private static final List<String> MARKERS =
      List.of(
          "<|im_start|>",
          "<|im_end|>",
          "<|im_sep|>",
          "<|endoftext|>",
          "<|vision_start|>",
          "<|begin_of_text|>",
          "<|end_of_text|>",
          "<|start_header_id|>",
          "<|end_header_id|>",
          "<|eot_id|>",
          "<|eom_id|>",
          "<|python_tag|>",
          "<|header_start|>",
          "<|header_end|>",
          "<|eot|>",
          "<|reserved_special_token_0|>",
          "<|system|>",
          "<|user|>",
          "<|assistant|>",
          "<|end|>",
          "<|tool_call|>",
          "<|/tool_call|>",
          "<|start|>",
          "<|channel|>",
          "<|message|>",
          "<|return|>",
          "<|call|>",
          "<|observation|>",
          "<|START_OF_TURN_TOKEN|>",
          "<|USER_TOKEN|>",
          "<|start_of_role|>",
          "<|im_user|>",
          "<|im_middle|>",
          "<BOS_TOKEN>",
          "<EOS_TOKEN>",
          "<s>",
          "</s>",
          "[INST]",
          "[/INST]",
          "<<SYS>>",
          "<</SYS>>",
          "[SYSTEM_PROMPT]",
          "[/SYSTEM_PROMPT]",
          "[AVAILABLE_TOOLS]",
          "[/AVAILABLE_TOOLS]",
          "[TOOL_CALLS]",
          "[TOOL_RESULTS]",
          "[/TOOL_RESULTS]",
          "[THINK]",
          "[/THINK]",
          "<start_of_turn>",
          "<end_of_turn>",
          "<bos>",
          "<eos>",
          "<pad>",
          "<unk>",
          "<|turn>",
          "<turn|>",
          "<|channel>",
          "<channel|>",
          "<｜begin▁of▁sentence｜>",
          "<｜end▁of▁sentence｜>",
          "<｜User｜>",
          "<｜Assistant｜>",
          "<｜tool▁calls▁begin｜>",
          "[gMASK]",
          "<sop>",
          "[|system|]",
          "[|user|]",
          "[|endofturn|]",
          "[BOS]",
          "[EOS]",
          "]~b]",
          "]~!b[",
          "[e~[",
          "<think>",
          "</think>",
          "<tool_call>",
          "</tool_response>");

  private static final List<String> HARMLESS =
      List.of(
          "a",
          " ",
          "\n",
          "if (a < b) ",
          "x[i] ",
          "List<String> ",
          "<b>bold</b> ",
          "[1] ",
          "f <| x |> g ",
          "a || b ",
          "<- ",
          "]] ",
          "日本語。",
          "👩‍🚀",
          "\u200b",
          "# Prompt: ",
          "action inference. ");

  @Property(tries = 1000)
  void noMarkerIsLeft(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int pieces) {
    String neutral = TemplateTokens.neutralise(mixed(new Random(seed), pieces));

    assertThat(MARKERS).noneMatch(neutral::contains);
  }

  @Property(tries = 1000)
  void onlyZeroWidthSpacesAreAdded(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int pieces) {
    String text = mixed(new Random(seed), pieces);

    assertThat(TemplateTokens.neutralise(text).replace("\u200b", ""))
        .isEqualTo(text.replace("\u200b", ""));
  }

  @Property(tries = 300)
  void textWithoutMarkersIsUnchanged(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 30) int pieces) {
    var random = new Random(seed);
    var text = new StringBuilder();
    for (int i = 0; i < pieces; i++) text.append(HARMLESS.get(random.nextInt(HARMLESS.size())));

    assertThat(TemplateTokens.neutralise(text.toString())).isEqualTo(text.toString());
  }

  @Property(tries = 1000)
  void neutralisingTwiceIsNeutralisingOnce(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int pieces) {
    String once = TemplateTokens.neutralise(mixed(new Random(seed), pieces));

    assertThat(TemplateTokens.neutralise(once)).isEqualTo(once);
  }

  @Property(tries = 1000)
  void whatComesLaterChangesNothingBefore(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int pieces) {
    var random = new Random(seed);
    String text = mixed(random, pieces);
    String beginning = text.substring(0, random.nextInt(text.length() + 1));

    assertThat(TemplateTokens.neutralise(text)).startsWith(TemplateTokens.neutralise(beginning));
  }

  @Property(tries = 1000)
  void cuttingATextChangesNothing(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int pieces) {
    var random = new Random(seed);
    String text = mixed(random, pieces);
    List<String> cut = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(text.length(), from + 1 + random.nextInt(7));
      cut.add(text.substring(from, to));
      from = to;
    }

    List<String> neutral = TemplateTokens.neutralise(cut);

    assertThat(neutral).hasSameSizeAs(cut);
    assertThat(String.join("", neutral)).isEqualTo(TemplateTokens.neutralise(text));
  }

  @Example
  void everyKnownMarkerIsBrokenBeforeItsLastCharacter() {
    for (String marker : MARKERS) {
      int last = marker.length() - 1;
      assertThat(TemplateTokens.neutralise("a" + marker + "b"))
          .isEqualTo("a" + marker.substring(0, last) + "\u200b" + marker.substring(last) + "b");
    }
  }

  @Property(tries = 300)
  void whatWasNeutralisedCanBeRestored(@ForAll long seed, @ForAll @IntRange(max = 20) int pieces) {
    String text = mixed(new Random(seed), pieces);
    if (text.indexOf('\u200b') >= 0) return;

    assertThat(TemplateTokens.restore(TemplateTokens.neutralise(text))).isEqualTo(text);
  }

  @Example
  void aZeroWidthSpaceThatSomebodyTypedStays() {
    assertThat(TemplateTokens.restore("a\u200bb")).isEqualTo("a\u200bb");
  }

  /** Markers whole, cut short, run into each other, and between other text. */
  private static String mixed(Random random, int pieces) {
    var text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      String marker = MARKERS.get(random.nextInt(MARKERS.size()));
      int cut = random.nextInt(marker.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> text.append(HARMLESS.get(random.nextInt(HARMLESS.size())));
        case 1 -> text.append(marker, 0, cut);
        case 2 -> text.append(marker, cut, marker.length());
        default -> text.append(marker);
      }
    }
    return text.toString();
  }
}
