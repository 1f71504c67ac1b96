package io.livemind.integration.chaos.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;

/**
 * Something that an actor did or saw, {@code atMillis} after the run began. An operation begins
 * with {@link Invoked} and ends with one of {@link Ok}, {@link Fail} (it had no effect) and {@link
 * Unknown} (it may have had one).
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @Type(value = Event.Invoked.class, name = "invoke"),
  @Type(value = Event.Ok.class, name = "ok"),
  @Type(value = Event.Fail.class, name = "fail"),
  @Type(value = Event.Unknown.class, name = "unknown"),
  @Type(value = Event.Deleted.class, name = "deleted"),
  @Type(value = Event.Submitted.class, name = "submitted"),
  @Type(value = Event.Logged.class, name = "logged"),
  @Type(value = Event.Seen.class, name = "seen"),
  @Type(value = Event.Resumed.class, name = "resumed"),
  @Type(value = Event.Snapshot.class, name = "snapshot"),
  @Type(value = Event.Queued.class, name = "queued"),
  @Type(value = Event.Asked.class, name = "asked"),
  @Type(value = Event.Printed.class, name = "printed"),
  @Type(value = Event.Struck.class, name = "struck"),
  @Type(value = Event.Healed.class, name = "healed")
})
public sealed interface Event {
  /** Milliseconds since the run began. */
  long atMillis();

  /**
   * A client sends a fragment. {@code text} is what it adds: one word that no other fragment has.
   */
  record Invoked(long atMillis, String session, int turn, long sequence, String kind, String text)
      implements Event {}

  /** The fragment is acknowledged. */
  record Ok(long atMillis, String session, int turn, long sequence) implements Event {}

  /** The fragment was refused. {@code retryAfterMillis} is 0 where nothing was said of a retry. */
  record Fail(
      long atMillis,
      String session,
      int turn,
      long sequence,
      int status,
      String code,
      long retryAfterMillis)
      implements Event {}

  /** Nobody knows what became of the fragment. */
  record Unknown(long atMillis, String session, int turn, long sequence, String reason)
      implements Event {}

  /** The user took this word away before the submit. */
  record Deleted(long atMillis, String session, int turn, String text) implements Event {}

  /** The user saw this whole prompt when it was submitted with this fragment. */
  record Submitted(long atMillis, String session, int turn, long sequence, String prompt)
      implements Event {}

  /**
   * A record of {@code answers} as it stands in the log; the reader of the log misses nothing.
   *
   * @param position of the record in its partition
   * @param kind as in the HTTP interface: {@code started}, {@code delta}, {@code completed} …
   * @param attempt 0 where the kind has none
   * @param execution empty where the kind has none
   * @param text of a delta or an end, code of a failure or rejection, empty otherwise
   */
  record Logged(
      long atMillis,
      String session,
      int turn,
      long position,
      String kind,
      int attempt,
      String execution,
      String text)
      implements Event {}

  /** The same as a client was shown it. */
  record Seen(
      long atMillis,
      String session,
      int turn,
      long position,
      String kind,
      int attempt,
      String execution,
      String text)
      implements Event {}

  /** A client came back; {@code recovered} is what it was told. */
  record Resumed(long atMillis, String session, boolean recovered) implements Event {}

  /**
   * A client that came back was shown what there is of its session, in place of what it knew.
   *
   * @param recovered whether all of it is there
   * @param position of the last record that it shows; -1 where it shows none
   * @param pieces of turns that have not ended, joined for each execution
   */
  record Snapshot(
      long atMillis, String session, boolean recovered, long position, Map<String, String> pieces)
      implements Event {}

  /** The task of an answer stands in its topic: a worker may take it. */
  record Queued(long atMillis, String session, int turn) implements Event {}

  /**
   * A model was called.
   *
   * @param kind {@code inference} or {@code answer}
   * @param userTexts of the call's messages
   * @param allTexts of the call's messages, whoever said them, but for the instructions
   * @param whole whether the reply was sent to its end
   * @param expected the reply to these messages, made again without faults
   */
  record Asked(
      long atMillis,
      String session,
      int turn,
      String kind,
      List<String> userTexts,
      List<String> allTexts,
      boolean whole,
      String expected)
      implements Event {}

  /** A word that somebody typed stands in what a process printed. */
  record Printed(long atMillis, String text) implements Event {}

  /** The nemesis strikes: {@code fault} is its name, {@code target} a role or a partition. */
  record Struck(long atMillis, String fault, String target) implements Event {}

  /** The nemesis takes the fault back. */
  record Healed(long atMillis, String fault, String target) implements Event {}
}
