package io.livemind.cli.experiment;

import io.livemind.cli.CommandException;
import io.livemind.schemas.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A deployment that runs already.
 *
 * @param kafka connection settings of clients
 * @param topics by their prefix
 */
public record Deployment(Map<String, Object> kafka, Topics topics) {
  public Deployment {
    kafka = Map.copyOf(kafka);
  }

  /**
   * A deployment as a user names it.
   *
   * @param bootstrapServers brokers
   * @param prefix of the topics
   * @param settings a properties file of client settings, for security and the like
   * @throws CommandException if the file cannot be read
   */
  public static Deployment of(String bootstrapServers, String prefix, Optional<Path> settings) {
    var kafka = new HashMap<String, Object>();
    settings.ifPresent(
        file -> read(file).forEach((key, value) -> kafka.put(key.toString(), value)));
    kafka.put("bootstrap.servers", bootstrapServers);
    return new Deployment(kafka, CommandException.checking(() -> new Topics(prefix)));
  }

  private static Properties read(Path file) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return properties;
    } catch (IOException | IllegalArgumentException e) {
      throw CommandException.usage(
          "--client-settings: "
              + file
              + " cannot be read as a properties file ("
              + e.getClass().getSimpleName()
              + ")");
    }
  }
}
