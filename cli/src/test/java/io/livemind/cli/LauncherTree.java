package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A copy of the launcher in a tree that looks like the project's. */
final class LauncherTree {
  private final Path folder;
  private final Path root;

  /** How a run ended. */
  record Run(int exitCode, List<String> out, String err) {}

  LauncherTree(Path folder) throws IOException {
    this.folder = folder;
    root = Files.createDirectories(folder.resolve("tree"));
    Files.createDirectories(root.resolve("cli"));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Files.writeString(root.resolve("cli/pom.xml"), "<project/>");
    Files.copy(Path.of("..", "livemind"), script());
    executable(script());
  }

  Path script() {
    return root.resolve("livemind");
  }

  String path(String name) {
    return folder.resolve(name).toString();
  }

  /** As if a build had succeeded just now. */
  void built() throws IOException {
    Path target = Files.createDirectories(root.resolve("cli/target"));
    Files.writeString(target.resolve("livemind.jar"), "");
    Files.writeString(target.resolve("livemind.built"), "");
  }

  /** A JDK whose java prints its name, its folder and each argument on a line. */
  String jdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(bin.resolve("java"), "printf '%s\\n' 'java of " + name + "' \"in $(pwd -P)\" \"$@\"");
    script(bin.resolve("javac"), "exit 1");
    return home.toString();
  }

  /** A Maven that counts its calls and does this. */
  void maven(String action) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    script(bin.resolve("mvn"), "root=" + root + "\necho x >>" + count() + "\n" + action);
  }

  int builds() throws IOException {
    return Files.exists(count()) ? Files.readAllLines(count()).size() : 0;
  }

  Run run(Map<String, String> environment, String... arguments) throws Exception {
    return run(script(), folder, environment, arguments);
  }

  Run run(Path command, Path directory, Map<String, String> environment, String... arguments)
      throws Exception {
    var words = new ArrayList<>(List.of(command.toString()));
    words.addAll(List.of(arguments));
    File out = folder.resolve("out").toFile();
    File err = folder.resolve("err").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectOutput(out)
            .redirectError(err);
    builder.environment().clear();
    builder.environment().putAll(settings(environment));
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(
        process.exitValue(), Files.readAllLines(out.toPath()), Files.readString(err.toPath()));
  }

  /** No JDK of this machine is found unless a test names one. */
  private Map<String, String> settings(Map<String, String> more) {
    var settings = new HashMap<String, String>();
    settings.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    settings.put("HOME", folder.toString());
    settings.put("LIVEMIND_JDK_FOLDERS", "");
    settings.putAll(more);
    return settings;
  }

  private Path count() {
    return folder.resolve("builds");
  }

  private static void script(Path path, String body) throws IOException {
    Files.writeString(path, "#!/usr/bin/env bash\n" + body + "\n");
    executable(path);
  }

  private static void executable(Path path) {
    assertThat(path.toFile().setExecutable(true)).isTrue();
  }
}
