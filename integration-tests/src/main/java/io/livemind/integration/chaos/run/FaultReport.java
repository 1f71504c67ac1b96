package io.livemind.integration.chaos.run;

import io.livemind.cli.study.Machine;
import io.livemind.integration.chaos.check.Ends;
import io.livemind.integration.chaos.check.Guarantee;
import io.livemind.integration.chaos.check.Recovery;
import io.livemind.integration.chaos.history.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The runs as one page that needs nothing else: what went wrong, what was promised, what was seen,
 * and the history of each run that broke a promise, or of all where there are few.
 */
final class FaultReport {
  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1c2430;background:#fff}
      table{border-collapse:collapse;margin:1rem 0}th,td{padding:.3rem .6rem;border-bottom:1px solid #d7dde5;text-align:left}
      td.good{color:#14693b}td.bad{color:#a4161a;font-weight:600}summary{cursor:pointer}
      pre{background:#f4f6f9;padding:.8rem;overflow:auto;max-height:30rem;font-size:12px}
      @media(prefers-color-scheme:dark){body{color:#dfe6ee;background:#12161c}th,td{border-color:#333c48}
      pre{background:#1b222b}td.good{color:#6fcf97}td.bad{color:#ff8a80}}
      """;

  private static final double[] PARTS = {0.5, 0.9, 1};

  private final List<Run> runs;
  private final String options;

  /**
   * A report on these.
   *
   * @param options of the command, besides cases and seeds, with which a run can be done again
   */
  FaultReport(List<Run> runs, String options) {
    this.runs = List.copyOf(runs);
    this.options = options;
  }

  /** Writes the history of a run. */
  static void writeHistory(Run run, Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("no folder can be made at " + folder, e);
    }
    run.history().write(folder.resolve(name(run) + ".jsonl"));
  }

  /** Judges the histories in a folder again; those of good runs are not kept. */
  static FaultReport ofStored(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".jsonl")).toList();
      return new FaultReport(
          Arrays.stream(Case.values())
              .flatMap(chaosCase -> stored(chaosCase, all))
              .map(run -> run.bad() ? run : run.withoutHistory())
              .toList(),
          "");
    } catch (IOException e) {
      throw new UncheckedIOException("there are no histories in " + folder, e);
    }
  }

  private static Stream<Run> stored(Case chaosCase, List<Path> files) {
    Pattern ofCase = Pattern.compile(name(chaosCase) + "-(\\d+)\\.jsonl");
    return files.stream()
        .map(file -> Map.entry(file, ofCase.matcher(file.getFileName().toString())))
        .filter(found -> found.getValue().matches())
        .map(found -> Map.entry(Long.parseLong(found.getValue().group(1)), found.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .map(found -> Run.stored(chaosCase, found.getKey(), History.read(found.getValue())));
  }

  /** Those that were judged. */
  List<Run> runs() {
    return runs;
  }

  /** Writes {@code report.html}; it holds the histories that the runs still have. */
  void write(Path folder) {
    try {
      Files.createDirectories(folder);
      // Run by run: the histories of many would not fit into memory as one text.
      try (var out = Files.newBufferedWriter(folder.resolve("report.html"))) {
        out.append(summary());
        for (Run run : runs) out.append(history(run, options));
        out.append("</body></html>\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be written to " + folder, e);
    }
  }

  /**
   * Writes a summary in Markdown, to be kept with the documents.
   *
   * @param whole whether it came to its end, and was not interrupted
   */
  void publish(Path file, String command, boolean whole, Optional<Duration> took) {
    var page = new StringBuilder("# Faults: the last long run\n\n");
    page.append("`").append(command).append("`, ").append(Machine.here().text());
    page.append(
        ". What is promised and how it is checked: [integration-tests](../integration-tests/README.md). The models are simulated.\n\n");
    page.append(
        "%d runs with %,d kills and %,d turns%s%s.\n\n"
            .formatted(
                runs.size(),
                runs.stream().mapToInt(Run::kills).sum(),
                runs.stream().mapToLong(Run::turns).sum(),
                took.map(time -> " in " + time.toMinutes() + " min").orElse(""),
                whole ? "" : ", stopped before its end"));
    page.append(
        "| what went wrong | runs | turns | whole answer | error | cancelled | promises broken | inconclusive |\n");
    page.append("|---|---|---|---|---|---|---|---|\n");
    runs.stream()
        .collect(Collectors.groupingBy(Run::chaosCase, TreeMap::new, Collectors.toList()))
        .forEach((chaosCase, of) -> page.append(row(chaosCase, of)));
    page.append(failures());
    page.append(
        "\nFrom the kill of a process to the next sign of life of each turn that ran, and from the"
            + " submit of each turn until it was back, ms; where none ran, nothing is told:\n\n");
    page.append("| killed | turns | p50 | p90 | longest |\n|---|---|---|---|---|\n");
    recoveriesByRole()
        .forEach(
            (role, millis) -> {
              page.append("| ").append(role).append(" | ").append(millis.size());
              for (double part : PARTS) page.append(" | ").append(quantile(millis, part));
              page.append(" |\n");
            });
    runs.stream().filter(run -> !run.verdict().good()).forEach(run -> page.append(broken(run)));
    try {
      Files.writeString(file, page);
    } catch (IOException e) {
      throw new UncheckedIOException("the summary cannot be written to " + file, e);
    }
  }

  private static String row(Case chaosCase, List<Run> of) {
    Ends ends = ends(of);
    String broken =
        of.stream()
            .flatMap(run -> run.verdict().violations().entrySet().stream())
            .filter(entry -> !entry.getValue().isEmpty())
            .map(entry -> entry.getKey().name())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    long sick = of.stream().filter(run -> run.bad() && !run.verdict().conclusive()).count();
    return "| %s | %d | %d | %d | %d | %d | %s | %d |\n"
        .formatted(
            chaosCase.sentence(),
            of.size(),
            ends.submitted(),
            ends.completed(),
            ends.failed(),
            ends.cancelled(),
            broken.isEmpty() ? "none" : broken,
            sick);
  }

  private static Ends ends(List<Run> of) {
    return of.stream().map(Run::ends).reduce(Ends.NONE, Ends::plus);
  }

  /** An error that the client is told of keeps every promise, and is no answer. */
  private String failures() {
    Ends ends = ends(runs);
    if (ends.failed() == 0) return "\nNo turn ended with an error.\n";
    return ends.failures().entrySet().stream()
        .map(failure -> "`" + failure.getKey() + "` " + failure.getValue())
        .collect(Collectors.joining(", ", "\nTurns that ended with an error: ", ".\n"));
  }

  /** What went wrong in a run that is not good. */
  private static String broken(Run run) {
    String broken =
        run.verdict().violations().entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .map(entry -> entry.getKey().name() + ", " + entry.getValue().getFirst())
            .collect(Collectors.joining("; "));
    String why =
        switch (run.ending().reached()) {
          case BROKEN -> "no end: " + run.ending().why();
          case NOT_RUN -> "not run: " + run.ending().why();
          case WHOLE -> broken.isEmpty() ? "not well again at its end" : broken;
        };
    return "\n* `%s`, seed %d: %s\n".formatted(run.chaosCase().name(), run.seed(), why);
  }

  /** Sorted, by the role that was killed. */
  private Map<String, List<Long>> recoveriesByRole() {
    Map<String, List<Long>> byRole =
        runs.stream()
            .flatMap(run -> run.recoveries().stream())
            .collect(
                Collectors.groupingBy(
                    Recovery::role,
                    TreeMap::new,
                    Collectors.mapping(Recovery::millis, Collectors.toList())));
    byRole.values().forEach(millis -> millis.sort(Long::compare));
    return byRole;
  }

  private static long quantile(List<Long> sorted, double part) {
    return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * part) - 1));
  }

  private CharSequence summary() {
    var page = new StringBuilder();
    page.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<title>Fault report</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>Fault report</h1><p>")
        .append(LocalDate.now(ZoneOffset.UTC))
        .append(", ")
        .append(runs.size())
        .append(" runs, ")
        .append(runs.stream().filter(Run::good).count())
        .append(" in which every promise was kept. The models are simulated.</p>");
    promises(page);
    table(page);
    recoveries(page);
    return page;
  }

  private static void promises(StringBuilder page) {
    page.append("<h2>Promises</h2><table>");
    for (Guarantee guarantee : Guarantee.values()) {
      page.append("<tr><th>")
          .append(guarantee.name())
          .append("</th><td>")
          .append(escaped(guarantee.sentence()))
          .append("</td></tr>");
    }
    page.append("</table>");
  }

  private void table(StringBuilder page) {
    page.append("<h2>Runs</h2><table><tr><th>what went wrong</th><th>seed</th><th>turns</th>");
    page.append("<th>whole answer</th><th>error</th><th>cancelled</th>");
    for (Guarantee guarantee : Guarantee.values()) {
      page.append("<th>").append(guarantee.name()).append("</th>");
    }
    page.append("</tr>");
    for (Run run : runs) {
      page.append("<tr><td><a href=\"#")
          .append(name(run))
          .append("\">")
          .append(escaped(run.chaosCase().sentence()))
          .append("</a></td><td>")
          .append(run.seed())
          .append("</td><td>")
          .append(run.turns())
          .append("</td><td>")
          .append(run.ends().completed())
          .append("</td><td>")
          .append(run.ends().failed())
          .append("</td><td>")
          .append(run.ends().cancelled())
          .append("</td>");
      for (Guarantee guarantee : Guarantee.values()) {
        int broken = run.verdict().violations().getOrDefault(guarantee, List.of()).size();
        page.append(
            broken == 0 ? "<td class=\"good\">kept</td>" : "<td class=\"bad\">" + broken + "</td>");
      }
      page.append("</tr>");
    }
    page.append("</table>");
  }

  private void recoveries(StringBuilder page) {
    page.append("<h2>Recovery</h2><p>From the kill of a process to the next sign of life of each")
        .append(
            " turn that ran, and from the submit of each turn until it was back, ms.</p><table><tr><th>role</th><th>turns</th><th>p50</th>")
        .append("<th>p90</th><th>longest</th></tr>");
    recoveriesByRole()
        .forEach(
            (role, millis) -> {
              page.append("<tr><td>").append(role).append("</td><td>").append(millis.size());
              for (double part : PARTS) {
                page.append("</td><td>").append(quantile(millis, part));
              }
              page.append("</td></tr>");
            });
    page.append("</table>");
  }

  private static CharSequence history(Run run, String options) {
    var page = new StringBuilder();
    page.append("<h2 id=\"")
        .append(name(run))
        .append("\">")
        .append(escaped(run.chaosCase().sentence()))
        .append(", seed ")
        .append(run.seed())
        .append("</h2><p>Again: <code>integration-tests/chaos --cases ")
        .append(run.chaosCase().name())
        .append(" --seeds ")
        .append(run.seed())
        .append(options)
        .append("</code></p>");
    run.verdict()
        .violations()
        .forEach(
            (guarantee, violations) ->
                violations.forEach(
                    violation ->
                        page.append("<p>")
                            .append(guarantee.name())
                            .append(": ")
                            .append(escaped(violation))
                            .append("</p>")));
    if (run.ending().reached() != Run.Reached.WHOLE) {
      page.append("<p>")
          .append(run.ending().reached())
          .append(": ")
          .append(escaped(run.ending().why()))
          .append("</p>");
    }
    if (run.history().events().isEmpty()) return page;
    page.append("<details><summary>History, ")
        .append(run.history().events().size())
        .append(" events</summary><pre>");
    run.history().lines().forEach(line -> page.append(escaped(line)).append('\n'));
    return page.append("</pre></details>");
  }

  private static String name(Run run) {
    return name(run.chaosCase()) + "-" + run.seed();
  }

  private static String name(Case chaosCase) {
    return chaosCase.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
