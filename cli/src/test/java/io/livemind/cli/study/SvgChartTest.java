package io.livemind.cli.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A plot shows the values that it was given, and nothing else. */
class SvgChartTest {
  private final SvgChart chart = new SvgChart("Latency <of> answers & more", "s");

  @Test
  void everyValueHasAMarkThatTellsIt() throws Exception {
    chart.add("live", "120 / min", 1.5);
    chart.add("live", "pasted", 4);
    chart.add("conventional", "pasted", 8);

    assertThat(tooltips())
        .contains("live, 120 / min: 1.50 s", "live, pasted: 4 s")
        .contains("conventional, pasted: 8 s")
        .doesNotContain("conventional, 120 / min: 0 s");
  }

  @Test
  void aHigherValueStandsHigherAndAllStandInsideThePlot() throws Exception {
    chart.add("live", "a", 1);
    chart.add("live", "b", 99);
    chart.add("live", "c", 0);

    String[] points = elements("polyline").getFirst().getAttribute("points").split(" ");
    double[] y = new double[points.length];
    for (int i = 0; i < y.length; i++) y[i] = Double.parseDouble(points[i].split(",")[1]);
    assertThat(y[1]).isLessThan(y[0]);
    assertThat(y[0]).isLessThan(y[2]);
    for (double value : y) assertThat(value).isBetween(48.0, 328.0);
  }

  @Test
  void seriesDifferInFormAndColour() throws Exception {
    for (int i = 0; i < 4; i++) chart.add("series " + i, "a", i + 1);

    assertThat(elements("polyline"))
        .extracting(line -> line.getAttribute("stroke"))
        .doesNotHaveDuplicates();
    assertThat(elements("circle")).hasSize(2);
  }

  @Test
  void aPlotWithoutValuesIsStillAPlot() throws Exception {
    assertThat(elements("title").getFirst().getTextContent())
        .isEqualTo("Latency <of> answers & more");
  }

  private List<String> tooltips() throws Exception {
    return elements("title").stream().map(Element::getTextContent).toList();
  }

  private List<Element> elements(String tag) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(chart.svg())));
    NodeList found = document.getElementsByTagName(tag);
    var elements = new ArrayList<Element>();
    for (int i = 0; i < found.getLength(); i++) elements.add((Element) found.item(i));
    return elements;
  }
}
