package io.livemind.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.livemind.gateway.fragments.JsonFields;
import io.livemind.gateway.problem.Problem;
import io.livemind.gateway.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestTest {

  @Test
  void one_user_message_is_the_prompt() {
    var request =
        read(
            "{'model':'livemind','messages':[{'role':'user','content':'Why?'}],'temperature':0.2}");

    assertThat(request.wholePrompt()).isEqualTo("Why?");
    assertThat(request.system()).isEmpty();
    assertThat(request.stream()).isFalse();
  }

  @Test
  void system_and_history_are_kept() {
    var request =
        read(
            "{'model':'livemind','stream':true,'stream_options':{'include_usage':true},'messages':["
                + "{'role':'system','content':'Be short.'},{'role':'user','content':'Hi'},"
                + "{'role':'assistant','content':'Hello'},"
                + "{'role':'user','content':[{'type':'text','text':'Why'},{'type':'text','text':'?'}]}]}");

    assertThat(request.system()).contains("Be short.");
    assertThat(request.wholePrompt())
        .containsSubsequence("User: Hi", "Assistant: Hello", "Why?")
        .endsWith("Why?");
    assertThat(request.usageInStream()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'tools':[{}]|tools",
        "'n':2|n",
        "'logprobs':true|logprobs",
        "'stop':'###'|stop",
        "'stop':['a','b']|stop",
        "'response_format':{'type':'json_object'}|response_format",
        "'modalities':['audio']|modalities",
        "'functions':[]|functions",
      })
  void what_cannot_be_had_is_refused_by_name(String parameter, String field) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(
            () ->
                read("{'model':'m','messages':[{'role':'user','content':'a'}]," + parameter + "}"))
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo(ProblemCode.UNSUPPORTED_PARAMETER);
              assertThat(problem.field()).contains(field);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"'stop':null", "'stop':[]"})
  void what_asks_for_nothing_is_passed_over(String parameter) {
    var request =
        read("{'model':'m','messages':[{'role':'user','content':'a'}]," + parameter + "}");

    assertThat(request.prompt()).isEqualTo("a");
  }

  @Test
  void an_image_is_refused() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(
            () ->
                read(
                    "{'model':'m','messages':[{'role':'user','content':"
                        + "[{'type':'image_url','image_url':{'url':'x'}}]}]}"))
        .satisfies(
            problem -> assertThat(problem.code()).isEqualTo(ProblemCode.UNSUPPORTED_PARAMETER));
  }

  @Test
  void a_conversation_that_does_not_end_with_the_user_is_refused() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> read("{'model':'m','messages':[{'role':'assistant','content':'a'}]}"))
        .satisfies(problem -> assertThat(problem.field()).contains("messages"));
  }

  private static ChatRequest read(String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ChatRequest.read(JsonFields.parse(bytes), 10_000);
  }
}
