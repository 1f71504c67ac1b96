import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks (`check`) or applies (`apply`) google-java-format to every Java source of the project, in
 * the order of their paths. Run by the root pom on JDK 25. Exit code 1: a file is not formatted, or
 * cannot be parsed.
 */
final class Format {
  private static final JavaFormatterOptions.Style STYLE = JavaFormatterOptions.Style.GOOGLE;

  public static void main(String[] arguments) throws IOException {
    boolean apply = arguments.length > 0 && arguments[0].equals("apply");
    var formatter = new Formatter(JavaFormatterOptions.builder().style(STYLE).build());
    List<Path> wrong = new ArrayList<>();
    for (Path file : sources(Path.of(arguments.length > 1 ? arguments[1] : "."))) {
      String source = Files.readString(file);
      String formatted;
      try {
        formatted =
            formatter.formatSource(
                RemoveUnusedImports.removeUnusedImports(
                    ImportOrderer.reorderImports(source, STYLE)));
      } catch (FormatterException unparseable) {
        System.err.println(file + ": " + unparseable.getMessage());
        wrong.add(file);
        continue;
      }
      if (formatted.equals(source)) continue;
      if (apply) Files.writeString(file, formatted);
      else wrong.add(file);
    }
    if (wrong.isEmpty()) return;
    wrong.forEach(file -> System.err.println("not formatted: " + file));
    System.err.println("To format: mvn -N validate -Dformat=apply");
    System.exit(1);
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("target/"))
          .sorted()
          .toList();
    }
  }
}
