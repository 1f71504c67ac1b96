package io.livemind.replay.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A report as one HTML file that needs nothing else: the figures of {@link ReportJson}, a timeline
 * of every session, and the charts of <a href="https://github.com/leeoniya/uPlot">uPlot</a>, with
 * its licence. Its own policy forbids it every request.
 *
 * <p>Threading: stateless.
 */
public final class ReportHtml {
  private static final String PLOT = "/META-INF/resources/webjars/uplot/" + plotVersion() + "/";

  private ReportHtml() {}

  /** The file. */
  public static String format(ReplayReport report) {
    return resource("html/report.html")
        .replace("/*uplot.css*/", resource(PLOT + "dist/uPlot.min.css"))
        .replace("/*report.css*/", resource("html/report.css"))
        .replace("/*LICENSE*/", "/*! uPlot\n" + resource(PLOT + "LICENSE") + "*/")
        .replace("/*uplot.js*/", resource(PLOT + "dist/uPlot.iife.min.js"))
        .replace("/*figures.js*/", resource("html/figures.js"))
        .replace("/*charts.js*/", resource("html/charts.js"))
        .replace("/*session.js*/", resource("html/session.js"))
        .replace("/*report.js*/", resource("html/report.js"))
        .replace("/*data*/", inert(data(report).toString()));
  }

  private static ObjectNode data(ReplayReport report) {
    ObjectNode object = ReportJson.of(report);
    ArrayNode timelines = object.putArray("timelines");
    report.sessions().forEach(one -> timelines.add(TimelineJson.of(one, report.speed())));
    return object;
  }

  /** No text of a recording or a model can end the element that holds the data. */
  private static String inert(String json) {
    return json.replace("<", "\\u003c");
  }

  /** The build decides which one is on the class path. */
  private static String plotVersion() {
    String properties = resource("/META-INF/maven/org.webjars.npm/uplot/pom.properties");
    return properties
        .lines()
        .filter(line -> line.startsWith("version="))
        .map(line -> line.substring("version=".length()).strip())
        .findFirst()
        .orElseThrow();
  }

  private static String resource(String name) {
    try (InputStream in = ReportHtml.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException("the report lacks its part " + name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
