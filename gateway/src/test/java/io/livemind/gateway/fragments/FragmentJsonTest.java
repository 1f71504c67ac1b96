package io.livemind.gateway.fragments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.livemind.gateway.problem.Problem;
import io.livemind.gateway.problem.ProblemCode;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.Submit;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FragmentJsonTest {

  @Test
  void an_append_becomes_a_record() {
    var read = read("{'sequence':3,'turn':1,'kind':'append','text':' \u00e9\ud83d\ude00'}");

    assertThat(read).isEqualTo(new FragmentJson(3, 1, new Append(" \u00e9\ud83d\ude00")));
    assertThat(read.toFragment(7, 2, 99).getAnswersPartition()).isEqualTo(2);
  }

  @Test
  void a_replace_becomes_a_record() {
    assertThat(
            read("{'sequence':0,'turn':0,'kind':'replace','position':2,'deletedLength':2147483647,"
                    + "'text':''}")
                .content())
        .isEqualTo(new Replace(2, Integer.MAX_VALUE, ""));
  }

  @Test
  void the_hash_of_a_submit_is_the_pipelines() {
    String digits = "%016x".formatted(TextHash.of("Why?"));

    var read = read("{'sequence':0,'turn':0,'kind':'submit','length':4,'hash':'" + digits + "'}");

    assertThat(read.content()).isEqualTo(new Submit(4, TextHash.of("Why?")));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      value = {
        "[]|body",
        "{|body",
        "{} {}|body",
        "{'sequence':0,'sequence':1}|body",
        "{'sequence':0,'turn':0,'kind':'append','text':'a','extra':1}|body",
        "{'turn':0,'kind':'append','text':'a'}|sequence",
        "{'sequence':-1,'turn':0,'kind':'append','text':'a'}|sequence",
        "{'sequence':1.5,'turn':0,'kind':'append','text':'a'}|sequence",
        "{'sequence':99999999999999999999,'turn':0,'kind':'append','text':'a'}|sequence",
        "{'sequence':0,'turn':2147483648,'kind':'append','text':'a'}|turn",
        "{'sequence':0,'turn':0,'kind':'delete'}|kind",
        "{'sequence':0,'turn':0,'kind':'append'}|text",
        "{'sequence':0,'turn':0,'kind':'append','text':7}|text",
        "{'sequence':0,'turn':0,'kind':'append','text':'\\u0000'}|text",
        "{'sequence':0,'turn':0,'kind':'append','text':'a\\ud83d'}|text",
        "{'sequence':0,'turn':0,'kind':'append','text':'\\ude00a'}|text",
        "{'sequence':0,'turn':0,'kind':'submit','length':1,'hash':'xyz'}|hash",
        "{'sequence':0,'turn':0,'kind':'submit','length':1,'hash':'+00000000000000a'}|hash",
      })
  void what_is_not_a_fragment_is_refused_by_field(String json, String field) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> read(json))
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
              assertThat(problem.field()).contains(field);
              assertThat(problem.reason()).startsWith(field);
            });
  }

  @Test
  void text_beyond_the_limit_is_refused_with_the_limit() {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> read("{'sequence':0,'turn':0,'kind':'append','text':'123456789'}"))
        .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.TOO_LARGE))
        .withMessageContaining("fragment-length = 8");
  }

  @Test
  void json_that_is_nested_without_end_is_refused() {
    String deep = "{'text':" + "[".repeat(2_000) + "]".repeat(2_000) + "}";

    assertThatExceptionOfType(Problem.class).isThrownBy(() -> read(deep));
  }

  @Test
  void bytes_that_are_no_utf_8_are_refused() {
    byte[] bytes = "{\"text\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    bytes[9] = (byte) 0xff;

    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> JsonFields.parse(bytes))
        .satisfies(problem -> assertThat(problem.field()).contains("body"));
  }

  private static FragmentJson read(String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return FragmentJson.read(JsonFields.parse(bytes), 8);
  }
}
