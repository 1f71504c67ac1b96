package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.gateway.handle.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TicketsTest {
  private static final Caller ADA = Caller.of(Owner.of("ada"));
  private static final Caller BOB = Caller.of(Owner.of("bob"));

  private final AtomicLong clock = new AtomicLong();
  private final Tickets tickets = new Tickets(clock::get);

  @Test
  void who_draws_without_end_takes_nobody_else_s_ticket() {
    String bobs = tickets.draw(BOB);

    for (int i = 0; i < 10_001; i++) tickets.draw(ADA);

    assertThat(tickets.redeem(bobs)).contains(BOB);
  }

  @Test
  void of_a_user_the_newest_hundred_are_good() {
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < 102; i++) drawn.add(tickets.draw(ADA));

    assertThat(tickets.redeem(drawn.get(1))).isEmpty();
    assertThat(tickets.redeem(drawn.get(2))).contains(ADA);
  }

  @Test
  void a_ticket_that_was_used_makes_room_for_no_less_than_one() {
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < 100; i++) drawn.add(tickets.draw(ADA));
    tickets.redeem(drawn.get(50));

    tickets.draw(ADA);

    assertThat(tickets.redeem(drawn.getFirst())).contains(ADA);
  }

  @Test
  void after_its_time_it_is_good_for_nothing() {
    String ticket = tickets.draw(ADA);

    clock.addAndGet(Tickets.GOOD_FOR.toMillis());

    assertThat(tickets.redeem(ticket)).isEmpty();
  }

  @Test
  void of_all_users_the_newest_ten_thousand_are_good() {
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < 10_001; i++) drawn.add(tickets.draw(Caller.of(Owner.of("user " + i))));

    assertThat(tickets.redeem(drawn.get(0))).isEmpty();
    assertThat(tickets.redeem(drawn.get(1))).isPresent();
  }
}
