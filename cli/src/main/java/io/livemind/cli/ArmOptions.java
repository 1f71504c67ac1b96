package io.livemind.cli;

import io.livemind.replay.Arm;
import io.livemind.replay.ArmFile;
import io.livemind.replay.recording.Recording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose the arms of a replay. */
final class ArmOptions {
  private static final String PAPER = "paper";
  private static final String DEMO = "demo";

  @Option(
      names = "--arm",
      paramLabel = "NAME",
      description = {
        "An arm to replay; may be given several times.",
        "Default: every known arm of which the files hold outputs."
      })
  private List<String> names = List.of();

  @Option(
      names = "--arms",
      paramLabel = "paper|demo|FILE",
      description = {
        "Several arms: the four of the paper, the three of the demo, or those that a file defines"
            + " (replay/README.md); --arm then chooses among them."
      })
  private @Nullable String set;

  /**
   * The arms to replay, in their order; at least one.
   *
   * @throws CommandException if the recordings have no outputs of one that was asked for
   */
  List<Arm> chosen(List<Recording> recordings) {
    List<Arm> known = known();
    List<Arm> recorded =
        known.stream()
            .filter(arm -> recordings.stream().anyMatch(one -> playable(one, arm)))
            .toList();
    List<Arm> wanted = wanted(recordings, known, recorded);
    for (Arm arm : wanted)
      if (!recorded.contains(arm))
        throw CommandException.usage(
            "--arm " + arm.name() + ": the files hold no outputs of it, but of " + names(recorded));
    return wanted;
  }

  /** Prompts that were never answered can be played in any arm. */
  private static boolean playable(Recording recording, Arm arm) {
    return recording.has(arm.outputs()) || !recording.hasOutputs();
  }

  private List<Arm> wanted(List<Recording> recordings, List<Arm> known, List<Arm> recorded) {
    if (!names.isEmpty())
      return names.stream().map(name -> Arm.named(name, known)).distinct().toList();
    if (set != null) return known;
    return recordings.stream().anyMatch(Recording::hasOutputs) ? recorded : Arm.demo();
  }

  private List<Arm> known() {
    if (set == null) return Arm.builtIn();
    if (set.equals(PAPER)) return Arm.paper();
    if (set.equals(DEMO)) return Arm.demo();
    Path file = Path.of(set);
    if (!Files.exists(file))
      throw CommandException.usage(
          "--arms must be paper, demo or a file, but \"" + set + "\" is none of them");
    return CommandException.checking(() -> ArmFile.read(file));
  }

  private static String names(List<Arm> arms) {
    return arms.isEmpty()
        ? "none that is known"
        : arms.stream().map(Arm::name).collect(Collectors.joining(", "));
  }
}
