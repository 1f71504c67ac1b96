package io.livemind.gateway;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.livemind.gateway.problem.Problem;
import io.livemind.schemas.avro.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The page and {@code livemind.js}, from the class path into memory. Nothing else of the class path
 * can be asked for.
 *
 * <p>Threading: immutable.
 */
final class PageFiles {
  private static final List<String> NAMES =
      List.of(
          "index.html",
          "page.css",
          "icon.svg",
          "page.js",
          "announcer.js",
          "conversation.js",
          "desk.js",
          "element.js",
          "modes.js",
          "sample.js",
          "sign-in.js",
          "thoughts.js",
          "timeline.js",
          "livemind.js",
          "livemind/connection.js",
          "livemind/fragments.js",
          "livemind/session.js",
          "livemind/text.js",
          "livemind/turns.js",
          "livemind/typist.js");

  /** By the end of a name. */
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record PageFile(byte[] content, String type, String tag) {
    @Override
    public String toString() {
      return "PageFile[" + type + "]";
    }
  }

  private final Map<String, PageFile> files = new LinkedHashMap<>();
  private final String settings;

  PageFiles(GatewayConfig config, boolean asksWho) {
    NAMES.forEach(name -> files.put(name, load(name)));
    settings = settings(config, asksWho);
  }

  /** {@code GET /} and {@code GET /page/{file}}. */
  void file(Context request, String name) {
    PageFile file = files.get(name);
    if (file == null) throw Problem.notFound();
    request.header("ETag", file.tag()).header("Cache-Control", "no-cache");
    if (file.tag().equals(request.header("If-None-Match"))) request.status(304);
    else request.contentType(file.type()).result(file.content());
  }

  /** {@code GET /page/settings.json}: what the page offers. */
  void settings(Context request) {
    request.header("Cache-Control", "no-store").contentType("application/json").result(settings);
  }

  private static String settings(GatewayConfig config, boolean asksWho) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("signIn", asksWho);
    var models = json.putArray("models");
    config
        .models()
        .forEach(
            (name, options) ->
                models
                    .addObject()
                    .put("name", name)
                    .put("mode", options.getMode().name().toLowerCase(Locale.ROOT))
                    .put(
                        "collaborative",
                        options.getMode() == Mode.LIVE
                            && !options.getInferenceModel().equals(options.getOutputModel())));
    var samples = json.putArray("samples");
    config.samples().forEach(samples::add);
    return json.toString();
  }

  private static PageFile load(String name) {
    String type = requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
    try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
      if (in == null) throw new IllegalStateException("the page lacks its file " + name);
      byte[] content = in.readAllBytes();
      var sum = new CRC32C();
      sum.update(content);
      return new PageFile(content, type, "\"" + Long.toHexString(sum.getValue()) + "\"");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
