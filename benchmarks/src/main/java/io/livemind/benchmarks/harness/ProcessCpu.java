package io.livemind.benchmarks.harness;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Processor time of this JVM. */
public final class ProcessCpu {
  private ProcessCpu() {}

  /** Nanoseconds of all threads since the JVM began. */
  public static long nanos() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system.getProcessCpuTime();
  }
}
