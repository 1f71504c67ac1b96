package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.cli.LauncherTree.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script in a tree of its own, with a java and a mvn that only say what they got. */
@SuppressWarnings("NullAway.Init")
class LauncherTest {
  @TempDir Path folder;
  private LauncherTree tree;

  @BeforeEach
  void plant() throws Exception {
    tree = new LauncherTree(folder);
  }

  @Test
  void runsTheProgramOnTheJdkThatItIsGiven() throws Exception {
    tree.built();

    Run run = tree.run(Map.of("LIVEMIND_JAVA_HOME", tree.jdk("one", "25.0.3")), "replay", "a b");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsSubsequence("io.livemind.cli.Livemind", "replay", "a b")
        .doesNotContain("-Dlivemind.terminal.output=true");
  }

  @Test
  void looksForAJdk25AmongOthers() throws Exception {
    tree.built();
    tree.jdk("jdks/old", "17.0.1");
    tree.jdk("jdks/wanted", "25.0.1");
    tree.jdk("jdks/new", "26");

    Run run = tree.run(Map.of("LIVEMIND_JDK_FOLDERS", tree.path("jdks")), "demo");

    assertThat(run.out()).startsWith("java of jdks/wanted");
  }

  @Test
  void saysWhereItLookedWhenThereIsNoJdk25() throws Exception {
    tree.built();
    tree.jdk("jdks/old", "17.0.1");

    Run run = tree.run(Map.of("LIVEMIND_JDK_FOLDERS", tree.path("jdks")), "demo");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("no JDK 25 found")
        .contains("JAVA_HOME")
        .contains(tree.path("jdks"))
        .contains("set LIVEMIND_JAVA_HOME");
  }

  @Test
  void refusesANamedJdkOfAnotherVersion() throws Exception {
    tree.built();

    Run run = tree.run(Map.of("LIVEMIND_JAVA_HOME", tree.jdk("one", "17.0.1")), "demo");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("LIVEMIND_JAVA_HOME").contains("no JDK 25");
  }

  @Test
  void worksThroughASymbolicLinkInTheCallersFolder() throws Exception {
    tree.built();
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("lm"), tree.script());

    Run run =
        tree.run(link, elsewhere, Map.of("LIVEMIND_JAVA_HOME", tree.jdk("one", "25")), "x.lmrec");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("in " + elsewhere.toRealPath(), "x.lmrec");
  }

  @Test
  void buildsOnceAndKeepsStandardOutputForTheProgram() throws Exception {
    tree.maven("mkdir -p $root/cli/target && touch $root/cli/target/livemind.jar; echo noise");
    var environment = Map.of("LIVEMIND_JAVA_HOME", tree.jdk("one", "25"));

    Run first = tree.run(environment, "demo");
    Run second = tree.run(environment, "demo");

    assertThat(first.out()).startsWith("java of one").doesNotContain("noise");
    assertThat(first.err()).contains("building, once").contains("built in");
    assertThat(second.err()).isEmpty();
    assertThat(tree.builds()).isEqualTo(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    tree.maven("true");
    tree.built();
    Path source = folder.resolve("tree/cli/src/main/java/New.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "class New {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    Run run = tree.run(Map.of("LIVEMIND_JAVA_HOME", tree.jdk("one", "25")), "demo");

    assertThat(run.err()).contains("building");
    assertThat(tree.builds()).isEqualTo(1);
  }

  @Test
  void showsWhyTheBuildFailedAndDoesNotRun() throws Exception {
    tree.maven("echo the reason; exit 1");

    Run run = tree.run(Map.of("LIVEMIND_JAVA_HOME", tree.jdk("one", "25")), "demo");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("the reason").contains("the build failed");
    assertThat(folder.resolve("tree/cli/target/livemind.building")).doesNotExist();
  }

  @Test
  void doesNotRunWhatWasStoppedWhileItWasBuilt() throws Exception {
    tree.maven("touch $root/cli/target/livemind.jar; kill -INT $PPID");

    Run run = tree.run(Map.of("LIVEMIND_JAVA_HOME", tree.jdk("one", "25")), "demo");

    assertThat(run.exitCode()).isEqualTo(130);
    assertThat(run.out()).isEmpty();
    assertThat(folder.resolve("tree/cli/target/livemind.building")).doesNotExist();
    assertThat(folder.resolve("tree/cli/target/livemind.built")).doesNotExist();
  }

  @Test
  void takesOverTheBuildOfAProcessThatIsGone() throws Exception {
    tree.maven("touch $root/cli/target/livemind.jar");
    Path lock = Files.createDirectories(folder.resolve("tree/cli/target/livemind.building"));
    // Above every process id that Linux gives.
    Files.writeString(lock.resolve("pid"), "99999999");

    Run run = tree.run(Map.of("LIVEMIND_JAVA_HOME", tree.jdk("one", "25")), "demo");

    assertThat(run.exitCode()).isZero();
    assertThat(tree.builds()).isEqualTo(1);
  }
}
