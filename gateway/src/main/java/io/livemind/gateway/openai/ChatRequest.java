package io.livemind.gateway.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.livemind.gateway.fragments.JsonFields;
import io.livemind.gateway.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A chat completion as a client asks for it: one turn.
 *
 * <p>What would change the answer and cannot be had is refused; parameters of sampling, such as
 * {@code temperature} and {@code max_tokens}, are the deployment's and are passed over.
 *
 * @param model as the client names it
 * @param system system and developer messages, joined
 * @param earlier what was said before, in order
 * @param prompt the last user message
 * @param stream whether the answer is wanted as it comes
 * @param usageInStream whether the stream is to end with the usage
 */
public record ChatRequest(
    String model,
    Optional<String> system,
    List<Said> earlier,
    String prompt,
    boolean stream,
    boolean usageInStream) {
  private static final int MOST_MESSAGES = 1_024;
  private static final List<String> REFUSED_IF_PRESENT =
      List.of("functions", "function_call", "audio", "web_search_options", "prediction");

  /**
   * A message of the conversation so far.
   *
   * @param byUser or else by the assistant
   */
  public record Said(boolean byUser, String text) {}

  /**
   * Reads a request.
   *
   * @param longest UTF-16 units of a message
   */
  public static ChatRequest read(JsonFields request, int longest) {
    refuseWhatCannotBeHad(request);
    var system = new ArrayList<String>();
    var said = new ArrayList<Said>();
    for (JsonFields message : request.objects("messages", MOST_MESSAGES)) {
      String text = content(message, longest);
      switch (message.text("role", 16)) {
        case "system", "developer" -> system.add(text);
        case "user" -> said.add(new Said(true, text));
        case "assistant" -> said.add(new Said(false, text));
        default ->
            throw Problem.unsupported(
                message.path("role"), "must be system, developer, user or assistant");
      }
    }
    if (said.isEmpty() || !said.getLast().byUser())
      throw Problem.invalid("messages", "must end with a message of the user");
    boolean usage =
        request.object("stream_options").map(o -> o.flag("include_usage")).orElse(false);
    return new ChatRequest(
        // A long name is that of no model, as a short one may be.
        request.text("model", Integer.MAX_VALUE),
        system.isEmpty() ? Optional.empty() : Optional.of(String.join("\n\n", system)),
        List.copyOf(said.subList(0, said.size() - 1)),
        said.getLast().text(),
        request.flag("stream"),
        usage);
  }

  /**
   * The prompt of the turn: the last message, after what was said before, if anything was. All of
   * it is text of the client, and stands in the place of such text.
   */
  public String wholePrompt() {
    if (earlier.isEmpty()) return prompt;
    var text = new StringBuilder("Our conversation so far:\n\n");
    for (Said message : earlier)
      text.append(message.byUser() ? "User: " : "Assistant: ")
          .append(message.text())
          .append("\n\n");
    return text.append("My new message:\n\n").append(prompt).toString();
  }

  private static void refuseWhatCannotBeHad(JsonFields request) {
    for (String field : REFUSED_IF_PRESENT)
      if (request.has(field)) throw Problem.unsupported(field, "is not supported");
    if (request.has("tools") && !request.raw("tools").isEmpty())
      throw Problem.unsupported("tools", "are not supported");
    if (request.has("tool_choice") && !request.raw("tool_choice").asText().matches("none|auto"))
      throw Problem.unsupported("tool_choice", "is not supported");
    if (request.has("n") && request.number("n", 1, Integer.MAX_VALUE) > 1)
      throw Problem.unsupported("n", "must be 1");
    JsonNode stop = request.raw("stop");
    if (request.has("stop") && !(stop.isArray() && stop.isEmpty()))
      throw Problem.unsupported("stop", "is not supported");
    if (request.flag("logprobs")) throw Problem.unsupported("logprobs", "are not supported");
    boolean plain =
        !request.has("response_format")
            || request.raw("response_format").path("type").asText().equals("text");
    if (!plain) throw Problem.unsupported("response_format", "must be text");
    for (JsonNode modality : request.raw("modalities"))
      if (!modality.asText().equals("text"))
        throw Problem.unsupported("modalities", "must be text");
  }

  private static String content(JsonFields message, int longest) {
    if (message.has("tool_calls"))
      throw Problem.unsupported(message.path("tool_calls"), "are not supported");
    if (!message.raw("content").isArray()) return message.text("content", longest);
    var text = new StringBuilder();
    for (JsonFields part : message.objects("content", MOST_MESSAGES)) {
      if (!part.text("type", 32).equals("text"))
        throw Problem.unsupported(part.path("type"), "must be text");
      text.append(part.text("text", longest));
    }
    return text.toString();
  }
}
