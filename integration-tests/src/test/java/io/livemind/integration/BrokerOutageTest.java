package io.livemind.integration;

import static org.awaitility.Awaitility.await;

import io.livemind.integration.chaos.process.Brokers;
import io.livemind.integration.chaos.process.RoleProcess;
import io.livemind.schemas.avro.TaskKind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers outlive their brokers, at rest. */
class BrokerOutageTest {
  private static final Duration LONGEST = Duration.ofSeconds(180);
  private static final Duration WINDOW = Duration.ofSeconds(3);
  private static final Duration REST = WINDOW.multipliedBy(3);

  /** Of one core. Share consumers without a broker take more than a whole one. */
  private static final double AT_REST = 0.3;

  @Test
  @Tag("long")
  void aWorkerWhoseBrokersAreDeadOrSilentRestsAndGoesOnWhenTheyAreBack(@TempDir Path logs)
      throws Exception {
    try (var brokers = Brokers.start(1, logs, logs.resolve("printed.log"));
        var workers = WorkersAlone.on(brokers.bootstrapServers())) {
      RoleProcess broker = brokers.processes().getFirst();
      workers.worker("w", 8, Duration.ZERO, new TimedModel(Duration.ofMillis(50)));
      answers(workers, "before");

      broker.freeze();
      awaitRest();
      broker.thaw();
      answers(workers, "after the silence");

      broker.kill();
      awaitRest();
      try (RoleProcess again = brokers.prepare(0).begin()) {
        again.awaitReady();
        answers(workers, "after the restart");
        workers.stopAll();
      }
    }
  }

  private static void answers(WorkersAlone workers, String task) {
    workers.dispatch(task, TaskKind.ANSWER);
    await().atMost(LONGEST).until(() -> workers.outcomes().containsKey(task));
  }

  private static void awaitRest() {
    await().atMost(LONGEST).during(REST).pollInterval(WINDOW).until(new CpuShare()::isAtRest);
  }

  /** Of this process, which holds the worker, between one look and the next. */
  private static final class CpuShare {
    private Duration cpu = cpu();
    private long nanos = System.nanoTime();

    boolean isAtRest() {
      Duration cpuNow = cpu();
      long now = System.nanoTime();
      double share = cpuNow.minus(cpu).toNanos() / (double) (now - nanos);
      cpu = cpuNow;
      nanos = now;
      return share < AT_REST;
    }

    private static Duration cpu() {
      return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }
  }
}
