package io.livemind.cli;

import io.livemind.cli.chat.ChatScreen;
import io.livemind.cli.chat.ChatScript;
import io.livemind.cli.live.AllInOne;
import io.livemind.client.LiveMind;
import io.livemind.client.LiveMindException;
import io.livemind.client.SessionRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A conversation in the terminal. */
@Command(
    name = "chat",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "A conversation in the terminal: the model thinks along with every word.",
      "",
      "With a process of its own for everything, as `up`, or with a gateway that runs (--url). Where"
          + " standard input is no terminal, every line of it is a prompt, and the answers are"
          + " printed.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  livemind chat",
      "  livemind chat --url http://localhost:8080 --model livemind-collaborative",
      "  echo 'Where does the water go?' | livemind chat"
    })
final class ChatCommand implements Callable<Integer> {
  /** Key or token for the gateway; never an argument, since those are seen by others. */
  private static final String TOKEN = "LIVEMIND_TOKEN";

  private final CommandContext context;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = {
        "A gateway that runs already. Its key or token is taken from LIVEMIND_TOKEN.",
        "Without it, everything is started in this process."
      })
  private @Nullable URI url;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "livemind, livemind-collaborative, conventional … Default: the gateway's.")
  private @Nullable String model;

  @Mixin private ModelOptions models = new ModelOptions();

  ChatCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (url == null) return embedded();
    if (!models.none())
      throw CommandException.usage(
          "--llm and --slm are the gateway's own business: leave them out, or --url");
    if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        || url.getHost() == null)
      throw CommandException.usage(
          "--url must be an absolute http or https URL such as http://localhost:8080, but is "
              + url);
    return talk(url, Optional.ofNullable(context.environment().get(TOKEN)));
  }

  private Integer embedded() throws InterruptedException, IOException {
    context.err().println("livemind: starting …");
    context.interruption().cleanUpWithin(AllInOne.LONGEST_CLOSE);
    try (AllInOne everything = AllInOne.start(0, models.open(1, context.environment()))) {
      return talk(everything.uri(), Optional.empty());
    }
  }

  private Integer talk(URI gateway, Optional<String> token)
      throws InterruptedException, IOException {
    var request =
        new SessionRequest(Optional.ofNullable(model), Optional.empty(), Optional.empty());
    try (var liveMind = LiveMind.at(List.of(gateway), token)) {
      if (atTerminal()) {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
          new ChatScreen(terminal).run(liveMind, request);
        }
        return ExitCode.OK.code();
      }
      var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      boolean answered = new ChatScript(context.out(), context.err()).run(liveMind, request, in);
      return (answered ? ExitCode.OK : ExitCode.FAILURE).code();
    } catch (LiveMindException e) {
      throw refused(e);
    }
  }

  private boolean atTerminal() {
    return context.terminal().outputIsTerminal() && System.console() != null;
  }

  private static CommandException refused(LiveMindException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.code()) {
      case "unauthenticated" ->
          CommandException.usage(message + ": set the environment variable " + TOKEN);
      case "model_not_found" -> CommandException.usage("--model: " + message);
      default -> CommandException.unreachable(message, e);
    };
  }
}
