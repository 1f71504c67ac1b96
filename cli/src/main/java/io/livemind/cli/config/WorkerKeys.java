package io.livemind.cli.config;

import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.ModelConfig;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.Timeouts;
import io.livemind.workers.WorkerConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a worker can be told. */
final class WorkerKeys {
  static final String MODELS = "worker.models";

  private static final int PLACES_DEFAULT = 16;
  private static final String REPLICA = MODELS + ".*.replicas[*].";
  private static final ReplicaConfig REPLICA_USUAL =
      ReplicaConfig.openAi(URI.create("http://localhost"), "-", Optional.empty(), PLACES_DEFAULT);
  private static final WorkerConfig USUAL =
      WorkerConfig.defaults(
          "-",
          Map.of("bootstrap.servers", "-"),
          Keys.APPLICATION_ID_DEFAULT,
          Map.of("-", new ModelConfig(List.of(REPLICA_USUAL))),
          PLACES_DEFAULT);
  private static final Timeouts TIMEOUTS = Timeouts.DEFAULT;

  static final Key<String> ID =
      Key.without(
          "worker.id",
          Kind.TEXT,
          "Names this process in claims and heartbeats; unique among running workers. Without it:"
              + " the host's name and a random end.");

  static final Key<List<String>> KINDS =
      Key.of(
          "worker.kinds",
          Kind.LIST,
          Arrays.stream(TaskKind.values()).map(Kind::hyphenated).collect(Collectors.joining(", ")),
          "The tasks that this worker takes: `inference` (thinking), `answer`, or both.");

  static final Key<Integer> PLACES =
      Key.integer(
          "worker.places",
          USUAL.places(),
          "Tasks that this worker holds at a time, of all kinds together.");

  static final Key<Duration> GRANT_TIMEOUT =
      Key.duration(
          "worker.grant-timeout",
          USUAL.grantTimeout(),
          "How long an inference waits for its grant; then its place is given back.");

  static final Key<Duration> CLAIM_TIMEOUT =
      Key.duration(
          "worker.claim-timeout",
          USUAL.claimTimeout(),
          "How long a claim may take to be confirmed; then the task is handed back. 12s at most.");

  static final Key<Duration> REPLICA_TIMEOUT =
      Key.duration(
          "worker.replica-timeout",
          USUAL.replicaTimeout(),
          "How long a task waits for a free place at a replica; then it fails as `overloaded`.");

  static final Key<Duration> HEARTBEAT_INTERVAL =
      Key.duration(
          "worker.heartbeat-interval",
          USUAL.heartbeatInterval(),
          "Between two heartbeats; a third of `topology.session.heartbeat-lease`.");

  static final Key<Duration> DELTA_INTERVAL =
      Key.duration(
          "worker.delta-interval",
          USUAL.deltaInterval(),
          "Between two ticks on which pieces of answers leave.");

  static final Key<Duration> STOP_TIMEOUT =
      Key.duration(
          "worker.stop-timeout",
          USUAL.stopTimeout(),
          "How long running calls may go on when the worker is stopped; then they are handed"
              + " back.");

  static final Key<String> WARMS =
      Key.without(
          "worker.warms",
          Kind.TEXT,
          "The model, by its name in `worker.models`, whose servers read the prompt of each inference"
              + " too, so that the answer finds their prefix caches warm. Without it: none.");

  static final Key<String> PROVIDER =
      Key.of(
          REPLICA + "provider",
          Kind.TEXT,
          REPLICA_USUAL.provider(),
          "One of openai (fits every compatible server), anthropic, gemini.");

  static final Key<URI> BASE_URL =
      Key.without(
          REPLICA + "base-url",
          Kind.URL,
          "The server's API, with its version: `http://127.0.0.1:8000/v1`. Needed.");

  static final Key<String> MODEL_NAME =
      Key.without(REPLICA + "model-name", Kind.TEXT, "The model as the server names it. Needed.");

  static final Key<String> KEY =
      Key.secret(
          REPLICA + "key",
          Kind.TEXT,
          "Sent with each call; left out for a server without keys. Take it from the environment:"
              + " `${OPENAI_API_KEY}`.");

  static final Key<Integer> REPLICA_PLACES =
      Key.without(
          REPLICA + "places",
          Kind.INTEGER,
          "Calls that this worker runs there at a time; the sum over all workers stays below what"
              + " the server runs at once. Without it: `worker.places`.");

  static final Key<Boolean> SESSION_HEADERS =
      Key.flag(
          REPLICA + "send-session-headers",
          REPLICA_USUAL.sendSessionHeaders(),
          "Whether the server learns session, turn and step of a call; only for servers of one's"
              + " own.");

  static final Key<Integer> MAXIMUM_TOKENS =
      Key.without(
          REPLICA + "maximum-tokens",
          Kind.INTEGER,
          "Upper limit of a reply, whatever the task allows. Without it: none of our own.");

  static final Key<Integer> CAPACITY =
      Key.without(
          REPLICA + "capacity",
          Kind.INTEGER,
          "Calls that the server itself runs at a time, of all workers (vLLM: `--max-num-seqs`); `config"
              + " check` warns when the places of all workers exceed it.");

  static final Key<Integer> CONTEXT_WINDOW =
      Key.without(
          REPLICA + "context-window",
          Kind.INTEGER,
          "Tokens of prompt and reply together; what is surely longer is not sent there. Without it:"
              + " the server decides.");

  static final Key<Integer> REQUESTS_PER_MINUTE =
      Key.without(
          REPLICA + "requests-per-minute",
          Kind.INTEGER,
          "Calls that this worker starts there in a minute, spread over it. Without it: no limit.");

  static final Key<Integer> TOKENS_PER_MINUTE =
      Key.without(
          REPLICA + "tokens-per-minute",
          Kind.INTEGER,
          "Tokens of prompts and replies that this worker spends there in a minute, spread over it."
              + " Without it: no limit.");

  static final Key<Double> PRICE_PROMPT =
      Key.without(
          REPLICA + "price.prompt",
          Kind.NUMBER,
          "Of a million prompt tokens, in the currency of the deployment. Without any price: calls"
              + " have no cost.");

  static final Key<Double> PRICE_CACHED_PROMPT =
      Key.without(
          REPLICA + "price.cached-prompt",
          Kind.NUMBER,
          "Of a million prompt tokens that came from the server's prefix cache. Without it: as the"
              + " others.");

  static final Key<Double> PRICE_COMPLETION =
      Key.without(
          REPLICA + "price.completion",
          Kind.NUMBER,
          "Of a million tokens of replies. Without it: 0.");

  static final Key<Duration> CONNECT =
      Key.duration(
          REPLICA + "timeouts.connect",
          TIMEOUTS.connect(),
          "Until the connection stands; then `connect_timeout`.");

  static final Key<Duration> HEADERS =
      Key.duration(
          REPLICA + "timeouts.headers",
          TIMEOUTS.headers(),
          "Until the response's headers; then `first_token_timeout`.");

  static final Key<Duration> FIRST_TOKEN =
      Key.duration(
          REPLICA + "timeouts.first-token",
          TIMEOUTS.firstToken(),
          "Until the first token; then `first_token_timeout`.");

  static final Key<Duration> IDLE =
      Key.duration(
          REPLICA + "timeouts.idle", TIMEOUTS.idle(), "Between two tokens; then `idle_timeout`.");

  static final Key<Duration> TOTAL =
      Key.duration(
          REPLICA + "timeouts.total", TIMEOUTS.total(), "The whole call; then `total_timeout`.");

  static final Key<Double> TEMPERATURE =
      Key.without(
          REPLICA + "generation.temperature",
          Kind.NUMBER,
          "From 0 to 2. Without it: the server's.");

  static final Key<Double> TOP_P =
      Key.without(
          REPLICA + "generation.top-p",
          Kind.NUMBER,
          "Above 0, at most 1. Without it: the server's.");

  static final Key<Integer> SEED =
      Key.without(
          REPLICA + "generation.seed",
          Kind.INTEGER,
          "For servers that know one. Without it: none.");

  static final Key<String> EXTRA =
      Key.without(
          REPLICA + "generation.extra.*",
          Kind.TEXT,
          "Further top-level fields of the request, as the server names them. A value that is JSON"
              + " is sent as JSON, anything else as a text; `{user}` stands for a digest of the user"
              + " (`cache_salt` of vLLM; OpenAI-compatible servers).");

  static final List<Key<?>> ALL =
      List.of(
          ID,
          KINDS,
          PLACES,
          GRANT_TIMEOUT,
          CLAIM_TIMEOUT,
          REPLICA_TIMEOUT,
          HEARTBEAT_INTERVAL,
          DELTA_INTERVAL,
          STOP_TIMEOUT,
          WARMS,
          PROVIDER,
          BASE_URL,
          MODEL_NAME,
          KEY,
          REPLICA_PLACES,
          SESSION_HEADERS,
          MAXIMUM_TOKENS,
          CAPACITY,
          CONTEXT_WINDOW,
          REQUESTS_PER_MINUTE,
          TOKENS_PER_MINUTE,
          PRICE_PROMPT,
          PRICE_CACHED_PROMPT,
          PRICE_COMPLETION,
          CONNECT,
          HEADERS,
          FIRST_TOKEN,
          IDLE,
          TOTAL,
          TEMPERATURE,
          TOP_P,
          SEED,
          EXTRA);

  private WorkerKeys() {}
}
