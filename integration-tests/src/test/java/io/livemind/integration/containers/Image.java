package io.livemind.integration.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The image as `docker/Dockerfile` makes it of what this build has made. */
final class Image {
  static final String NAME = "livemind:test";
  private static final Path ROOT = ComposeFile.FOLDER.resolveSibling(".");

  private static final String BASE = "debian:bookworm-slim";
  private static final List<String> LIBRARIES = List.of("libstdc++.so.6", "libgcc_s.so.1");

  private static boolean built;

  private Image() {}

  /** Builds it once in this JVM; layers that did not change are not built again. */
  static synchronized String built() throws IOException, InterruptedException {
    if (!built) {
      completeBase();
      Shell.run(ROOT, "docker", "build", "-q", "-f", "docker/Dockerfile", "-t", NAME, ".");
    }
    built = true;
    return NAME;
  }

  /** Gives what a stand-in of the base image lacks, from this machine: see system-libraries. */
  private static void completeBase() throws IOException, InterruptedException {
    String found =
        Shell.run(
            ROOT, "docker", "run", "--rm", BASE, "find", "/usr/lib", "-name", LIBRARIES.getFirst());
    if (!found.isBlank()) return;
    String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
    for (String library : LIBRARIES) {
      Path here = Path.of("/usr/lib", machine + "-linux-gnu", library);
      Path wanted = ComposeFile.FOLDER.resolve("system-libraries").resolve(library);
      if (Files.exists(here))
        Files.copy(here.toRealPath(), wanted, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
