package io.livemind.cli.role;

import io.livemind.cli.CommandContext;
import io.livemind.cli.ExitCode;
import io.livemind.cli.Interruption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Runs one part until the process is told to stop, then closes it.
 *
 * <p>Waiting: for SIGTERM or Ctrl-C, without bound; then for the part's own clean-up.
 */
final class RoleProcess {
  private final CommandContext context;
  private final Role role;

  RoleProcess(CommandContext context, Role role) {
    this.context = context;
    this.role = role;
  }

  /**
   * Says that the part is ready, and returns when it is closed.
   *
   * @param ready more of the line that says so
   * @param cleanUp what closing may take; the process is ended after it
   */
  int run(AutoCloseable part, String ready, Duration cleanUp) throws Exception {
    Interruption interruption = context.interruption();
    interruption.cleanUpWithin(cleanUp);
    var stop = new CountDownLatch(1);
    try (var scope = interruption.stoppingBy(stop::countDown);
        part) {
      context.err().println("livemind " + role.label() + ": ready, " + ready);
      stop.await();
      context.err().println("livemind " + role.label() + ": stopping");
    }
    context.err().println("livemind " + role.label() + ": stopped");
    return ExitCode.OK.code();
  }
}
