package io.livemind.cli;

import io.livemind.replay.play.Play;
import io.livemind.replay.report.ExpectedTokens;
import io.livemind.workers.Price;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What models of others will be asked for and will cost, told before the first call. */
final class SpendingOptions {
  private static final String SMALL = "small";
  private static final double MILLION = 1e6;

  @Option(
      names = "--llm-price",
      paramLabel = "PROMPT,REPLY",
      converter = PriceConverter.class,
      description = "What a million tokens of the large model cost, in any currency.")
  private @Nullable Price large;

  @Option(
      names = "--slm-price",
      paramLabel = "PROMPT,REPLY",
      converter = PriceConverter.class,
      description = "The same of the small model.")
  private @Nullable Price small;

  @Option(
      names = "--estimate",
      description = "Only tells what --llm and --slm will be asked for and will cost, and ends.")
  private boolean only;

  /** Whether nothing is to be played. */
  boolean only() {
    return only;
  }

  /** A line for each model, and the sum of the money if it is known of all. */
  List<String> lines(List<Play> plays) {
    var lines = new ArrayList<String>();
    Optional<Double> sum = Optional.of(0.0);
    List<ExpectedTokens> models = ExpectedTokens.of(plays);
    for (ExpectedTokens model : models) {
      Optional<Double> money = price(model.model()).map(price -> money(model, price));
      sum = sum.flatMap(one -> money.map(other -> one + other));
      lines.add(
          format(
              "the %s model is going to get up to about %,d calls: %,d prompt and %,d reply tokens%s",
              model.model(),
              model.calls(),
              model.prompt(),
              model.completion(),
              money.map(value -> format(", %.2f by its price", value)).orElse("")));
    }
    if (models.size() > 1) sum.ifPresent(all -> lines.add(format("in all about %.2f", all)));
    if (sum.isEmpty()) lines.add("with --llm-price and --slm-price the money is told, too");
    return lines;
  }

  private Optional<Price> price(String model) {
    return Optional.ofNullable(model.equals(SMALL) ? small : large);
  }

  private static double money(ExpectedTokens tokens, Price price) {
    return (tokens.prompt() * price.prompt() + tokens.completion() * price.completion()) / MILLION;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** Reads two numbers. */
  static final class PriceConverter implements ITypeConverter<Price> {
    @Override
    public Price convert(String text) {
      String[] parts = text.split(",", -1);
      try {
        if (parts.length == 2) {
          double prompt = Double.parseDouble(parts[0]);
          return new Price(prompt, prompt, Double.parseDouble(parts[1]));
        }
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(wrong(text));
      }
      throw new TypeConversionException(wrong(text));
    }

    private static String wrong(String text) {
      return "'"
          + text
          + "' is no price: write what a million prompt tokens and a million reply tokens cost, for"
          + " example 0.59,0.79";
    }
  }
}
