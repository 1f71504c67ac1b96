package io.livemind.benchmarks.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Hands over to JMH. */
@Command(
    name = "micro",
    description = "What single steps cost in one thread (JMH); further arguments are JMH's.",
    mixinStandardHelpOptions = true)
public final class MicroBenchmarks implements Callable<Integer> {
  @Parameters(arity = "0..*", description = "A pattern of benchmarks, and options of JMH after --.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Main.main(arguments.toArray(String[]::new));
    return 0;
  }
}
