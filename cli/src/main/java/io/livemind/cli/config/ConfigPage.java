package io.livemind.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The page of all keys, as Markdown; docs/configuration.md is this and nothing else. */
public final class ConfigPage {
  private static final String HEAD =
      """
      # Configuration

      Made by `./livemind config doc`; the build compares.

      Every role takes the same keys from four places, the strongest first: flags (`--set worker.places=8`), environment
      (`LIVEMIND_WORKER_PLACES=8`), a file (`--config FILE` or `LIVEMIND_CONFIG`), the default. In the file everything stands under
      `livemind:`. A key that is not known is an error that names the place, and so is an environment variable that begins with
      `LIVEMIND_` and is no key. A value may refer to an environment variable: `key: ${OPENAI_API_KEY}`.

      `*` is a name that you choose (in the environment in capitals, hyphens as underscores), `[*]` a number from 0. Durations are written
      `250ms`, `10s`, `5m`, `1h`, `2d`. Names of Kafka's own follow Kafka: `LIVEMIND_KAFKA_SECURITY_PROTOCOL` is
      `kafka.security.protocol`.

      `./livemind config show --sources` tells what holds and where it comes from, `config check` whether it fits, `config default`
      prints a file to begin with. Secrets are never shown.
      """;

  private ConfigPage() {}

  /** The page. */
  public static String format() {
    var page = new StringBuilder(HEAD);
    String section = "";
    for (Key<?> key : Keys.all()) {
      String own = section(key);
      if (!own.equals(section)) {
        page.append("\n## ").append(own).append("\n\n| key | default | meaning |\n|---|---|---|\n");
        section = own;
      }
      page.append("| `").append(key.name()).append("` | ").append(shownDefault(key)).append(" | ");
      page.append(key.sentence().replace("|", "\\|")).append(meaningOfKind(key)).append(" |\n");
    }
    return page.toString();
  }

  /** A file that holds each key with its default, all of it commented out but the roots. */
  public static String example() {
    var page =
        new StringBuilder("# Every key with its default; see docs/configuration.md.\nlivemind:\n");
    List<String> above = new ArrayList<>();
    for (Key<?> key : Keys.all()) {
      String[] parts =
          key.name()
              .replace("[*]", ".- ")
              .replace("kafka.**", "kafka.bootstrap\u0000servers")
              .split("\\.");
      int common = 0;
      while (common < above.size()
          && common < parts.length - 1
          && above.get(common).equals(parts[common])) common++;
      above.subList(common, above.size()).clear();
      for (int i = common; i < parts.length - 1; i++) {
        line(page, i, parts[i].equals("- ") ? "-" : named(parts[i]) + ":");
        above.add(parts[i]);
      }
      line(
          page,
          parts.length - 1,
          named(parts[parts.length - 1]) + ": " + key.byDefault().orElse("…"));
    }
    return page.toString();
  }

  private static String named(String part) {
    return part.equals("*") ? "NAME" : part.replace('\u0000', '.');
  }

  private static void line(StringBuilder page, int depth, String text) {
    page.append("  # ").append("  ".repeat(depth)).append(text).append('\n');
  }

  private static String section(Key<?> key) {
    int dot = key.name().indexOf('.');
    String first = dot < 0 ? "" : key.name().substring(0, dot);
    return switch (first) {
      case "topology", "worker", "gateway", "simulator" ->
          first.substring(0, 1).toUpperCase(Locale.ROOT) + first.substring(1);
      default -> "All roles";
    };
  }

  private static String shownDefault(Key<?> key) {
    return key.byDefault().filter(text -> !text.isEmpty()).map(text -> "`" + text + "`").orElse("");
  }

  private static String meaningOfKind(Key<?> key) {
    return key.kind().rule().startsWith("one of ") ? " " + capital(key.kind().rule()) + "." : "";
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
