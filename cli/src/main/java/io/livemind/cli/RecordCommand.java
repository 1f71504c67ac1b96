package io.livemind.cli;

import io.livemind.cli.experiment.Deployment;
import io.livemind.replay.record.StartPoint;
import io.livemind.replay.record.TopicFollower;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Records sessions of a running deployment. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Records sessions of a running deployment into .lmrec files, one a session.",
      "",
      "Follows the topics and disturbs nobody. A file is written when the first turn of a session"
          + " has ended, and anew with each later one. A recording holds what people wrote: keep it"
          + " as you would keep that. Sessions opened before the start are passed over.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  livemind record --bootstrap-servers 127.0.0.1:9092 --to recordings",
      "  livemind record --bootstrap-servers 127.0.0.1:9092 --to recordings --from 15m --until-end",
      "  livemind record --bootstrap-servers 127.0.0.1:9092 --to recordings --from beginning"
          + " --session ID",
      "  livemind replay recordings/*.lmrec"
    })
final class RecordCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private DeploymentOptions deployment = new DeploymentOptions();

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      required = true,
      description = "Where the files go; made if it is not there.")
  private Path folder = Path.of("");

  @Option(
      names = "--session",
      paramLabel = "ID",
      description = "Only this session; may be given several times. Default: all.")
  private List<String> sessions = List.of();

  @Option(
      names = "--from",
      paramLabel = "START",
      defaultValue = "now",
      description =
          "now, beginning, 15m (ago; also s, h, d), a time as 2026-01-31T12:00:00Z, or offset:N in"
              + " every partition of fragments. Default: now.")
  private String from = "now";

  @Option(
      names = "--until-end",
      description = "Ends at what is there now. Default: goes on until Ctrl-C.")
  private boolean untilEnd;

  RecordCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Deployment recorded =
        deployment
            .deployment()
            .orElseThrow(
                () ->
                    CommandException.usage(
                        "--bootstrap-servers is missing: name the brokers of the deployment"));
    StartPoint start = CommandException.checking(() -> StartPoint.parse(from, Instant.now()));
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw CommandException.usage("--to: the folder " + folder + " cannot be made");
    }
    Set<String> wanted = Set.copyOf(sessions);
    var follower =
        new TopicFollower(
            recorded.kafka(),
            recorded.topics(),
            start,
            untilEnd,
            session -> wanted.isEmpty() || wanted.contains(session),
            folder);
    int written;
    try (Interruption.Scope ignored = context.interruption().stoppingBy(follower::stop)) {
      written = follower.follow();
    }
    context.err().println("livemind: " + written + " sessions recorded in " + folder);
    return ExitCode.OK.code();
  }
}
