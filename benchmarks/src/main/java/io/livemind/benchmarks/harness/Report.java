package io.livemind.benchmarks.harness;

import io.livemind.cli.study.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The result of a benchmark: printed as it comes, and kept as a page. */
public final class Report {
  private final StringBuilder page = new StringBuilder();
  private final String name;

  /**
   * Begins the page of a benchmark.
   *
   * @param name of the benchmark, and of its file
   * @param title what was measured
   * @param command that measures it again
   */
  public Report(String name, String title, String command) {
    this.name = name;
    line("# " + title);
    line("");
    line("`" + command + "`, " + Machine.here().text() + ".");
    line("");
  }

  /** Adds a line of text. */
  public void line(String text) {
    page.append(text).append('\n');
    System.out.println(text);
  }

  /** Adds a table with an empty line behind it. */
  public void table(Table table) {
    line(table.markdown());
  }

  /** Writes the page as {@code NAME.md} into a folder, which is made if it is not there. */
  public void save(Path folder) {
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve(name + ".md");
      Files.writeString(file, page.toString().stripTrailing() + "\n");
      System.err.println("written: " + file);
    } catch (IOException e) {
      throw new UncheckedIOException("the result cannot be written to " + folder, e);
    }
  }
}
