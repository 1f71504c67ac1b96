package io.livemind.benchmarks.authors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HumanPaceTest {
  private static final int PEOPLE = 7;

  /** What each person does: keys, and a bar for the submit. */
  private static List<String> typed(HumanPace pace) {
    List<StringBuilder> all = new ArrayList<>();
    for (int person = 0; person < pace.people(); person++)
      all.add(new StringBuilder(pace.begun(person)));
    pace.run(
        new HumanPace.Program() {
          @Override
          public void key(int person, String key, long dueNanos) {
            all.get(person).append(key);
          }

          @Override
          public void submit(int person, long dueNanos) {
            all.get(person).append('|');
          }
        });
    return all.stream().map(StringBuilder::toString).toList();
  }

  @Test
  void everybodyTypesSentencesAndSubmitsOnceAtTheEnd() {
    var pace = new HumanPace(PEOPLE, 200, Duration.ofSeconds(1));

    for (String text : typed(pace)) {
      String prompt = text.substring(0, text.length() - 1);
      assertThat(text).endsWith("|");
      assertThat(HumanPace.SENTENCE.repeat(9)).startsWith(prompt);
      assertThat(prompt).hasSizeGreaterThanOrEqualTo(100);
    }
  }

  @Test
  void peopleBeginAndSubmitAtDifferentPlacesOfASentence() {
    var pace = new HumanPace(PEOPLE, 200, Duration.ofSeconds(1));
    Set<String> begun = new HashSet<>();
    for (int person = 0; person < PEOPLE; person++) begun.add(pace.begun(person));
    Set<Integer> submitted = new HashSet<>();
    for (String text : typed(pace))
      submitted.add((text.length() - 1) % HumanPace.SENTENCE.length());

    assertThat(begun).hasSize(PEOPLE);
    assertThat(submitted).hasSize(PEOPLE);
  }
}
