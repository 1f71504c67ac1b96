package io.livemind.integration.chaos.check;

import io.livemind.integration.chaos.history.Event;
import io.livemind.integration.chaos.history.History;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whose words stand where. */
final class Privacy {
  private Privacy() {}

  /**
   * G6: each word was typed in the session whose client sees it or whose call is told it, and no
   * process prints one.
   */
  static List<String> foreignText(History history) {
    Map<String, String> owners = new HashMap<>();
    history
        .each(Event.Invoked.class)
        .forEach(
            sent -> Turns.words(sent.text()).forEach(word -> owners.put(word, sent.session())));
    List<String> violations = new ArrayList<>();
    history
        .each(Event.Seen.class)
        .forEach(event -> foreign(owners, event.session(), event.text(), violations));
    history
        .each(Event.Asked.class)
        .forEach(
            call -> foreign(owners, call.session(), String.join(" ", call.allTexts()), violations));
    history
        .each(Event.Printed.class)
        .forEach(printed -> violations.add("a process printed " + printed.text()));
    return violations;
  }

  private static void foreign(
      Map<String, String> owners, String session, String text, List<String> violations) {
    for (String word : Turns.words(text)) {
      String owner = owners.getOrDefault(word, session);
      if (!owner.equals(session)) violations.add(session + " got " + word + " of " + owner);
    }
  }
}
