package io.livemind.cli.experiment;

import io.livemind.cli.CommandException;
import io.livemind.workers.ApiKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Asks a model server for its models, before anything is typed for it. Takes up to 5 s. */
final class EndpointCheck {
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int UNAUTHORISED = 401;
  private static final int FORBIDDEN = 403;

  private EndpointCheck() {}

  /**
   * Returns if the server answers, with whatever: not every server lists its models.
   *
   * @throws CommandException if it does not answer, or does not take the key
   */
  static void check(ModelRole role, URI url, Optional<ApiKey> key) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url.toString().replaceAll("/+$", "") + "/models"))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(LONGEST);
    key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.value()));
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(LONGEST).build()) {
      HttpResponse<Void> response = client.send(request.build(), BodyHandlers.discarding());
      int status = response.statusCode();
      if (status == UNAUTHORISED || status == FORBIDDEN)
        throw CommandException.usage(
            role.option()
                + ": the server at "
                + url
                + " does not accept the key (status "
                + status
                + "): set the environment variable "
                + role.keyVariable());
    } catch (IOException e) {
      throw CommandException.unreachable(
          role.option()
              + ": the model server at "
              + url
              + " cannot be reached ("
              + reason(e)
              + "): check the URL, and that the server runs",
          e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
