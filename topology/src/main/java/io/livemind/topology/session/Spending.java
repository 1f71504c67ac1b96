package io.livemind.topology.session;

import io.livemind.schemas.avro.ModelUsage;
import io.livemind.schemas.avro.SessionOptions;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a session has spent, and whether it may spend more. Tokens as backends report them; without
 * a report a prompt counts by its worker's estimate, and a reply one token for every four of its
 * UTF-16 units.
 *
 * @param calls model calls dispatched, each attempt one
 * @param tokens of all calls
 * @param wastedTokens of calls that came to nothing
 * @param turnTokens of thinking and drafts in the turn
 * @param day days since the epoch (UTC) on which it last spent
 * @param tokensOfDay tokens of that day
 * @param turns that ended
 * @param costNanos of all calls, in billionths of the deployment's currency, as workers tell it
 */
public record Spending(
    int calls,
    long tokens,
    long wastedTokens,
    long turnTokens,
    int day,
    long tokensOfDay,
    int turns,
    long costNanos) {
  private static final int UNITS_PER_TOKEN = 4;

  /** A session that was just opened. */
  public static final Spending NONE = new Spending(0, 0, 0, 0, 0, 0, 0, 0);

  Spending called() {
    return new Spending(
        calls + 1, tokens, wastedTokens, turnTokens, day, tokensOfDay, turns, costNanos);
  }

  /**
   * A call ended.
   *
   * @param ofTurn whether the budget of the turn counts it: the call that answers is beyond
   * @param wasted whether it came to nothing
   */
  Spending ended(
      ModelUsage usage, int replyLength, boolean ofTurn, boolean wasted, long nowMillis) {
    long cost = tokens(usage, replyLength);
    int today = (int) Duration.ofMillis(nowMillis).toDays();
    return new Spending(
        calls,
        tokens + cost,
        wastedTokens + (wasted ? cost : 0),
        turnTokens + (ofTurn ? cost : 0),
        today,
        (today == day ? tokensOfDay : 0) + cost,
        turns,
        costNanos + usage.getCostNanos().orElse(0L));
  }

  /** A call ended when its session was gone. */
  public Spending endedAfterwards(SessionEvent.Concluded outcome, long nowMillis) {
    return ended(outcome.usage(), outcome.text().length(), false, true, nowMillis);
  }

  /** Tokens of a draft were counted as useful, but it is dropped. */
  Spending wasted(ModelUsage usage, int replyLength) {
    return new Spending(
        calls,
        tokens,
        wastedTokens + tokens(usage, replyLength),
        turnTokens,
        day,
        tokensOfDay,
        turns,
        costNanos);
  }

  /** Whether a call or a turn has ended since, or turned out to be for nothing. */
  boolean hasEndedMoreThan(Spending before) {
    return tokens != before.tokens
        || wastedTokens != before.wastedTokens
        || costNanos != before.costNanos
        || turns != before.turns;
  }

  Spending turnEnded() {
    return new Spending(calls, tokens, wastedTokens, 0, day, tokensOfDay, turns + 1, costNanos);
  }

  /** Whether thinking and drafts may cost more in this turn. */
  boolean allowsThinking(SessionOptions options) {
    return allowsCall(options) && below(turnTokens, options.getMaximumTokensPerTurn());
  }

  /** Whether the session may start another call. */
  boolean allowsCall(SessionOptions options) {
    return below(calls, options.getMaximumCallsPerSession())
        && below(tokens, options.getMaximumTokensPerSession());
  }

  /**
   * Tokens that the budgets leave for a call; empty where none bounds it.
   *
   * @param ofTurn whether the budget of the turn counts it
   */
  public OptionalLong left(SessionOptions options, boolean ofTurn) {
    long ofSession = left(tokens, options.getMaximumTokensPerSession());
    long inTurn = ofTurn ? left(turnTokens, options.getMaximumTokensPerTurn()) : Long.MAX_VALUE;
    long least = Math.min(ofSession, inTurn);
    return least == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(least);
  }

  private static long left(long spent, int maximum) {
    return maximum == 0 ? Long.MAX_VALUE : Math.max(0, maximum - spent);
  }

  private static boolean below(long spent, int maximum) {
    return maximum == 0 || spent < maximum;
  }

  private static long tokens(ModelUsage usage, int replyLength) {
    long reply = usage.getCompletionTokens().orElse(replyLength / UNITS_PER_TOKEN);
    return usage.getPromptTokens().or(usage::getPromptEstimate).orElse(0) + reply;
  }
}
