package io.livemind.cli.experiment;

import java.net.URI;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A model at an OpenAI-compatible server, as {@code URL,MODEL}.
 *
 * @param url of the API, with its version: {@code https://host/v1}
 * @param model as the server knows it
 */
public record ModelEndpoint(URI url, String model) {

  /** Reads the text form. */
  public static final class Converter implements ITypeConverter<ModelEndpoint> {
    @Override
    public ModelEndpoint convert(String value) {
      int comma = value.indexOf(',');
      if (comma <= 0 || comma == value.length() - 1) throw wrong(value, "it has not two parts");
      URI url;
      try {
        url = URI.create(value.substring(0, comma).strip());
      } catch (IllegalArgumentException e) {
        throw wrong(value, "its first part is no URL");
      }
      String scheme = url.getScheme();
      if (!("http".equals(scheme) || "https".equals(scheme)) || url.getHost() == null)
        throw wrong(value, "its first part is no absolute http or https URL");
      return new ModelEndpoint(url, value.substring(comma + 1).strip());
    }

    private static TypeConversionException wrong(String value, String reason) {
      return new TypeConversionException(
          "'"
              + value
              + "' is no model: "
              + reason
              + "; write URL,MODEL, for example http://127.0.0.1:8000/v1,llama-3-70b");
    }
  }
}
