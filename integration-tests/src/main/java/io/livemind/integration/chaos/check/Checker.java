package io.livemind.integration.chaos.check;

import io.livemind.integration.chaos.history.History;
import java.util.List;

/** Looks for violations of one promise. */
@FunctionalInterface
interface Checker {
  /** One sentence for each violation; none if the history keeps the promise. */
  List<String> violations(History history);
}
