package io.livemind.workers.replica;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaceLimitTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aRefusalShrinksItOnceASecond() {
    var limit = new PlaceLimit(10);
    limit.refused(5);
    limit.refused(6);
    assertThat(limit.places()).isEqualTo(7);
    limit.refused(5 + SECOND);
    assertThat(limit.places()).isEqualTo(4);
  }

  @Test
  void thereIsAlwaysOnePlace() {
    var limit = new PlaceLimit(2);
    for (int i = 0; i < 20; i++) limit.refused(i * SECOND);
    assertThat(limit.places()).isEqualTo(1);
  }

  @Test
  void aRoundOfGoodCallsThatUsedItFullyLetsItGrowByOne() {
    var limit = new PlaceLimit(10);
    limit.refused(0);
    for (int i = 0; i < 8; i++) limit.succeeded(limit.places(), 100, SECOND);
    assertThat(limit.places()).isEqualTo(8);
  }

  @Test
  void callsThatDidNotUseItSayNothing() {
    var limit = new PlaceLimit(10);
    limit.refused(0);
    for (int i = 0; i < 50; i++) limit.succeeded(2, 100, SECOND);
    assertThat(limit.places()).isEqualTo(7);
  }

  @Test
  void itNeverExceedsTheConfiguredPlaces() {
    var limit = new PlaceLimit(3);
    for (int i = 0; i < 50; i++) limit.succeeded(3, 100, SECOND);
    assertThat(limit.places()).isEqualTo(3);
  }

  @Test
  void aFirstTokenFarBeyondTheUsualTimeShrinksIt() {
    var limit = new PlaceLimit(10);
    for (int i = 0; i < 40; i++) limit.succeeded(10, 100, SECOND);
    assertThat(limit.places()).isEqualTo(10);
    for (int i = 0; i < 10; i++) limit.succeeded(10, 2_000, 2 * SECOND);
    assertThat(limit.places()).isEqualTo(9);
  }
}
