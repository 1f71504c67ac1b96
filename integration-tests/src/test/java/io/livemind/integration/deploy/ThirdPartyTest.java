package io.livemind.integration.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * What of others is in the program: named, under licences that allow it, in a list that is true.
 */
class ThirdPartyTest {
  private static final Path BOM = Path.of("../cli/target/bom.json");
  private static final Path PAGE = Path.of("../docs/third-party.md");

  /** Permissive ones, and those that ask for source only of what they cover itself. */
  private static final List<String> ALLOWED =
      List.of(
          "Apache-2.0",
          "MIT",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "EPL-1.0",
          "EPL-2.0",
          "LGPL-2.1-only",
          "Unicode-3.0",
          "BSD-4-Clause",
          "CC0-1.0",
          "MIT-0",
          "Go License",
          "GPL2 w/ CPE",
          "The Apache License, Version 2.0");

  @Test
  void everyLibraryHasALicenceThatAllowsIt() throws IOException {
    assertThat(licences())
        .allSatisfy(
            (library, licences) ->
                assertThat(licences).as(library).isNotEmpty().containsAnyElementsOf(ALLOWED));
  }

  @Test
  void thePageListsWhatIsInTheProgram() throws IOException {
    String page =
        """
        # What of others is in the program

        The libraries beside `livemind.jar`, as `cli/target/bom.json` (CycloneDX, made by every build) lists them. A test compares
        this page with it; `mvn verify -Dlivemind.write-pages=true` writes it anew.

        | library | licence |
        |---|---|
        """
            + licences().entrySet().stream()
                .map(
                    entry ->
                        "| "
                            + entry.getKey()
                            + " | "
                            + String.join(", ", entry.getValue())
                            + " |\n")
                .collect(Collectors.joining());
    if (Boolean.getBoolean("livemind.write-pages")) Files.writeString(PAGE, page);

    assertThat(PAGE).hasContent(page);
  }

  private static Map<String, List<String>> licences() throws IOException {
    Map<String, List<String>> licences = new TreeMap<>();
    for (JsonNode component : new ObjectMapper().readTree(BOM.toFile()).path("components")) {
      if (component.path("group").asText().equals("io.livemind")) continue;
      String library =
          Stream.of("group", "name", "version")
              .map(field -> component.path(field).asText())
              .collect(Collectors.joining(":"));
      licences.put(library, named(component.path("licenses")));
    }
    assertThat(licences).hasSizeGreaterThan(30);
    return licences;
  }

  private static List<String> named(JsonNode licences) {
    List<String> names = new ArrayList<>();
    StreamSupport.stream(licences.spliterator(), false)
        .map(one -> one.path("license"))
        .map(one -> one.has("id") ? one.path("id").asText() : one.path("name").asText())
        .forEach(names::add);
    return names;
  }
}
