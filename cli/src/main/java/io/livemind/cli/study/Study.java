package io.livemind.cli.study;

import java.util.List;

/**
 * A question, and the arms that answer it.
 *
 * @param name on the command line, and of the files
 * @param title of the page
 * @param question that it answers, in a sentence or two
 * @param place what the places of the plot are
 * @param variants in the order of the table
 * @param modelsWithCache whether replies are made up and prompt tokens counted, with a prefix
 *     cache; otherwise replies and their tokens are the recorded ones
 * @param speed of typing and models, unless the user wants another
 */
record Study(
    String name,
    String title,
    String question,
    String place,
    List<Variant> variants,
    boolean modelsWithCache,
    double speed) {
  Study {
    variants = List.copyOf(variants);
  }

  /** Whether it asks what a saved second costs. */
  boolean costs() {
    return name.equals("tokens");
  }
}
