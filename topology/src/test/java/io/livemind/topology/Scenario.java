package io.livemind.topology;

import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Boundary;
import io.livemind.schemas.avro.Cancel;
import io.livemind.schemas.avro.Delete;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Task;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A session that a text file tells. Lines that begin with {@code #} or with an arrow are passed
 * over; every other line is one thing that happens, and what leaves the pipeline is written behind
 * it, one line a record.
 */
final class Scenario implements AutoCloseable {
  private static final String ARROW = "    → ";

  private final PipelineDriver pipeline = new PipelineDriver();
  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final StringBuilder told = new StringBuilder();

  /** The file as it should be: its events, each followed by the records that came out. */
  static String played(String file) {
    try (var scenario = new Scenario()) {
      file.lines().forEach(scenario::line);
      return scenario.told.toString();
    }
  }

  private void line(String line) {
    if (line.startsWith(ARROW)) return;
    told.append(line).append('\n');
    if (line.isBlank() || line.startsWith("#")) return;
    int space = line.indexOf(' ');
    happens(
        space < 0 ? line : line.substring(0, space), space < 0 ? "" : line.substring(space + 1));
    records();
  }

  private void happens(String what, String with) {
    String[] words = with.split(" ", 3);
    switch (what) {
      case "open" -> pipeline.open(options(with));
      case "type" -> pipeline.type(unquoted(with));
      case "paste" -> pipeline.send(new Append(unquoted(with)));
      case "edit" ->
          pipeline.send(
              new Replace(
                  Integer.parseInt(words[0]), Integer.parseInt(words[1]), unquoted(words[2])));
      case "boundary" -> pipeline.send(new Boundary());
      case "submit" -> pipeline.submit();
      case "cancel" -> pipeline.sendOfTurn(Integer.parseInt(with), new Cancel());
      case "delete" -> pipeline.send(new Delete());
      case "resume" -> pipeline.resume(0, with);
      case "wait" -> pipeline.pass(Duration.ofMillis(Long.parseLong(words[0])));
      case "claim" -> pipeline.claim(task(words[0]), words[1]);
      case "beat" -> pipeline.heartbeat(task(words[0]), words[1]);
      case "reply" -> pipeline.conclude(task(words[0]), words[1], unquoted(words[2]));
      case "fail" -> pipeline.conclude(task(words[0]), words[1], "", words[2]);
      default -> throw new IllegalArgumentException("a scenario knows no \"" + what + "\"");
    }
  }

  private static SessionOptions options(String pairs) {
    var options = SessionOptions.newBuilder().build();
    for (String pair : pairs.split(" ")) {
      if (pair.isEmpty()) continue;
      String[] parts = pair.split("=", 2);
      var schema = SessionOptions.getClassSchema().getField(parts[0]).schema();
      Object value =
          switch (schema.getType()) {
            case INT -> Integer.valueOf(parts[1]);
            case BOOLEAN -> Boolean.valueOf(parts[1]);
            case ENUM ->
                new org.apache.avro.specific.SpecificData()
                    .createEnum(parts[1].toUpperCase(java.util.Locale.ROOT), schema);
            default -> parts[1];
          };
      options.put(parts[0], value);
    }
    return options;
  }

  private static String unquoted(String text) {
    return text.substring(1, text.length() - 1).replace("\\n", "\n");
  }

  private Task task(String name) {
    Task task = tasks.get(name);
    if (task == null) throw new IllegalArgumentException("no task " + name + " has left yet");
    return task;
  }

  private void records() {
    pipeline.inferenceTasks().forEach(task -> tell("inference-tasks", named(task)));
    pipeline.answerTasks().forEach(task -> tell("answer-tasks", named(task)));
    pipeline
        .control()
        .forEach(
            control ->
                tell(
                    "worker-control",
                    control.getCommand().name().toLowerCase(java.util.Locale.ROOT)
                        + " "
                        + names.get(control.getTaskId())
                        + " "
                        + control.getExecution()));
    pipeline
        .answerEvents()
        .forEach(
            event -> tell("answers", "turn " + event.getTurn() + ", " + ScenarioText.of(event)));
  }

  private String named(Task task) {
    String name = names.computeIfAbsent(task.getTaskId(), _ -> "T" + (names.size() + 1));
    tasks.put(name, task);
    return name + " attempt " + task.getAttempt() + ", " + ScenarioText.of(task);
  }

  private void tell(String topic, String text) {
    told.append(ARROW).append("%-16s".formatted(topic)).append(text).append('\n');
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
