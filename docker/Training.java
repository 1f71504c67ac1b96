import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the program with our own classes from another class loader than the libraries, so that the
 * JVM's cache of this run holds the libraries only and stays good when our classes change.
 * Arguments: the folder of our jars, then the program's own.
 */
public final class Training {
  private Training() {}

  public static void main(String[] arguments) throws Exception {
    List<Path> jars;
    try (var files = Files.list(Path.of(arguments[0]))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) urls[i] = jars.get(i).toUri().toURL();
    var loader = new URLClassLoader(urls, Training.class.getClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    String[] rest = List.of(arguments).subList(1, arguments.length).toArray(String[]::new);
    loader
        .loadClass("io.livemind.cli.Livemind")
        .getMethod("main", String[].class)
        .invoke(null, (Object) rest);
  }
}
