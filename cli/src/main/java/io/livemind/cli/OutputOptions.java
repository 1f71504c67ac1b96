package io.livemind.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that tell what a result looks like, and where it goes. */
final class OutputOptions {
  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "TEXT",
      description =
          "text (tables), json (docs/report.md), markdown (tables for a document), csv (a line for"
              + " each session) or html (charts and timelines, with -o). Default: text.")
  private OutputFormat format = OutputFormat.TEXT;

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description = "Where the result goes. Default: standard output.")
  private @Nullable Path file;

  OutputFormat format() {
    return format;
  }

  /** Whether standard output gets text for people, or nothing. */
  boolean forPeople() {
    return format == OutputFormat.TEXT || file != null;
  }

  /**
   * Finds out before anything is measured whether the result can be written.
   *
   * @throws CommandException if not
   */
  void check() {
    if (file == null) return;
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isWritable(folder))
      throw CommandException.usage("-o: the folder " + folder + " is not there to be written to");
    if (Files.isDirectory(file) || (Files.exists(file) && !Files.isWritable(file)))
      throw CommandException.usage(
          "-o: " + file + " is there and cannot be written: name another file");
  }

  /**
   * Writes a result.
   *
   * @throws CommandException if the file cannot be written
   */
  void write(String text, CommandContext context) {
    if (file == null) {
      context.out().print(text);
      context.out().flush();
      return;
    }
    try {
      Files.writeString(file, text);
      context.err().println("livemind: written to " + file);
    } catch (IOException e) {
      throw CommandException.usage(
          "-o: " + file + " cannot be written (" + e.getClass().getSimpleName() + ")");
    }
  }
}
