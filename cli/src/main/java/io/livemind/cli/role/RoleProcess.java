package io.livemind.cli.role;

import io.livemind.cli.CommandContext;
import io.livemind.cli.CommandException;
import io.livemind.cli.ExitCode;
import io.livemind.cli.Interruption;
import io.livemind.cli.Verbosity;
import io.livemind.cli.admin.AdminServer;
import io.livemind.cli.admin.KafkaMetrics;
import io.livemind.cli.admin.Telemetry;
import io.livemind.cli.admin.Tracing;
import io.livemind.cli.config.AdminSettings;
import io.livemind.cli.config.LogSettings;
import io.livemind.cli.config.Settings;
import io.livemind.cli.config.TracingSettings;
import io.livemind.schemas.TurnTraces;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs one part until the process is told to stop, or the part gives up, then closes it: first says
 * that it is not ready, so that nothing new is sent to it.
 *
 * <p>Threading: the command's thread; the admin port asks for readiness from its own.
 *
 * <p>Waiting: for SIGTERM or Ctrl-C, without bound; then for the part's own clean-up.
 */
final class RoleProcess implements AutoCloseable {
  private final CommandContext context;
  private final String label;
  private final Telemetry telemetry;
  private final Tracing tracing;
  private final CountDownLatch stop = new CountDownLatch(1);

  /** What is to be closed, last opened first. */
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private String adminPort = "";
  private volatile BooleanSupplier ready = () -> false;
  private volatile @Nullable String givenUp;

  private RoleProcess(CommandContext context, String label, TracingSettings traces) {
    this.context = context;
    this.label = label;
    this.telemetry = new Telemetry(label);
    opened.push(telemetry);
    this.tracing = Tracing.of(traces, label);
    opened.push(tracing);
  }

  /**
   * Begins a role: its log and its admin port.
   *
   * @throws io.livemind.cli.admin.AdminPortException if the port is taken
   */
  static RoleProcess begin(CommandContext context, Role role, Settings settings) {
    return begin(context, role.label(), settings);
  }

  /** The same for a part that is no role of the pipeline. */
  static RoleProcess begin(CommandContext context, String label, Settings settings) {
    LogSettings log = LogSettings.of(settings);
    Verbosity.of(log);
    context.lines().in(log.format());
    var process = new RoleProcess(context, label, TracingSettings.of(settings));
    AdminSettings admin = AdminSettings.of(settings);
    admin.port().ifPresent(port -> process.listen(admin.host(), port));
    return process;
  }

  private void listen(String host, int port) {
    var admin = AdminServer.start(host, port, () -> ready.getAsBoolean(), telemetry::scrape);
    opened.push(admin);
    adminPort = ", admin port " + admin.port();
  }

  /** Where the role registers what it measures. */
  MeterRegistry registry() {
    return telemetry.registry();
  }

  /** Where the role's part of a turn's trace goes. */
  TurnTraces traces() {
    return tracing.traces();
  }

  /** The connection, with the clients' own metrics shown. */
  Map<String, Object> measured(Map<String, Object> kafka) {
    return KafkaMetrics.shownIn(registry(), kafka);
  }

  /** Closes this with the process, before what was there already. */
  void alongside(AutoCloseable part) {
    opened.push(part);
  }

  /** The process ends, as a failure, when the part gives up for this reason. */
  void endsWhen(CompletionStage<String> givesUp) {
    var unused =
        givesUp.thenAccept(
            reason -> {
              givenUp = reason;
              stop.countDown();
            });
  }

  /**
   * Says that the part is ready, and returns when it is closed.
   *
   * @param does whether the part does its work
   * @param line more of the line that says so
   * @param cleanUp what closing may take; the process is ended after it
   * @throws CommandException if the part has given up
   */
  int run(AutoCloseable part, BooleanSupplier does, String line, Duration cleanUp)
      throws Exception {
    opened.push(part);
    Interruption interruption = context.interruption();
    interruption.cleanUpWithin(cleanUp);
    try (var scope = interruption.stoppingBy(stop::countDown)) {
      Verbosity.withKafka();
      ready = does;
      say("ready, " + line + adminPort);
      stop.await();
      ready = () -> false;
      say("stopping");
      close();
    }
    String reason = givenUp;
    if (reason != null) throw CommandException.failed(reason);
    say("stopped");
    return ExitCode.OK.code();
  }

  /** Closes whatever is open. */
  @Override
  public void close() throws Exception {
    while (!opened.isEmpty()) opened.pop().close();
  }

  private void say(String what) {
    context.lines().say("livemind " + label + ": " + what);
  }
}
