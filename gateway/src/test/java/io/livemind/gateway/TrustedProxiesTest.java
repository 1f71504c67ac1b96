package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private static final TrustedProxies OURS =
      TrustedProxies.of(List.of("10.0.0.0/8", "192.0.2.7", "fd00::/8"));

  @Test
  void what_somebody_says_who_is_no_proxy_of_ours_is_not_believed() {
    assertThat(OURS.client("203.0.113.5", List.of("198.51.100.1"))).isEqualTo("203.0.113.5");
    assertThat(OURS.client("203.0.113.5", List.of("198.51.100.1, 10.0.0.1, 198.51.100.2")))
        .isEqualTo("203.0.113.5");
    assertThat(TrustedProxies.NONE.client("10.0.0.1", List.of("198.51.100.1")))
        .isEqualTo("10.0.0.1");
  }

  @Test
  void a_proxy_of_ours_is_believed() {
    assertThat(OURS.client("10.0.0.1", List.of("203.0.113.5"))).isEqualTo("203.0.113.5");
    assertThat(OURS.client("192.0.2.7", List.of("203.0.113.5"))).isEqualTo("203.0.113.5");
    assertThat(OURS.client("192.0.2.8", List.of("203.0.113.5"))).isEqualTo("192.0.2.8");
  }

  @Test
  void a_client_that_writes_the_header_itself_gains_nothing() {
    assertThat(OURS.client("10.0.0.1", List.of("198.51.100.1, 203.0.113.5")))
        .isEqualTo("203.0.113.5");
    assertThat(OURS.client("10.0.0.1", List.of("198.51.100.1, 198.51.100.2, 203.0.113.5")))
        .isEqualTo("203.0.113.5");
    assertThat(OURS.client("10.0.0.1", List.of("10.0.0.2, 203.0.113.5"))).isEqualTo("203.0.113.5");
  }

  @Test
  void a_chain_of_our_proxies_is_followed_to_the_client() {
    assertThat(OURS.client("10.0.0.1", List.of("203.0.113.5, 192.0.2.7, fd00::1")))
        .isEqualTo("203.0.113.5");
  }

  @Test
  void several_lines_are_one_list() {
    assertThat(OURS.client("10.0.0.1", List.of("198.51.100.1", "203.0.113.5, 10.0.0.9")))
        .isEqualTo("203.0.113.5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "unknown", "_hidden", "localhost", "1", "1.2.3", "300.1.1.1", "1:2", "[::1"})
  void for_what_cannot_be_read_the_proxy_counts_that_wrote_it(String entry) {
    assertThat(OURS.client("10.0.0.1", List.of("203.0.113.5, " + entry))).isEqualTo("10.0.0.1");
    assertThat(OURS.client("10.0.0.1", List.of("203.0.113.5, " + entry + ", 10.0.0.2")))
        .isEqualTo("10.0.0.2");
  }

  @Test
  void a_proxy_that_says_nothing_counts_itself() {
    assertThat(OURS.client("10.0.0.1", List.of())).isEqualTo("10.0.0.1");
    assertThat(OURS.client("10.0.0.1", List.of("10.0.0.2"))).isEqualTo("10.0.0.2");
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.5:4711, 203.0.113.5",
    "::ffff:203.0.113.5, 203.0.113.5",
    "[::ffff:203.0.113.5]:4711, 203.0.113.5",
    "2001:DB8::5, 2001:db8:0:0:0:0:0:5",
    "[2001:db8::5], 2001:db8:0:0:0:0:0:5",
    "[2001:db8:0::5]:4711, 2001:db8:0:0:0:0:0:5"
  })
  void an_address_is_the_same_however_it_is_written(String written, String counted) {
    assertThat(OURS.client("10.0.0.1", List.of(written))).isEqualTo(counted);
    assertThat(OURS.client("::ffff:10.0.0.1", List.of(written))).isEqualTo(counted);
    assertThat(OURS.client("[fd00:0:0:0:0:0:0:1%2]", List.of(written))).isEqualTo(counted);
    assertThat(OURS.client(written, List.of("198.51.100.1"))).isEqualTo(counted);
  }

  @ParameterizedTest
  @CsvSource({
    "172.16.0.0/12, 172.31.255.255, 172.32.0.0",
    "::ffff:172.16.0.0/108, 172.31.255.255, 172.32.0.0",
    "2001:db8::/33, 2001:db8:7fff::1, 2001:db8:8000::1",
    "128.0.0.0/1, 255.0.0.1, 127.0.0.1"
  })
  void a_block_ends_at_its_last_bit(String block, String inside, String outside) {
    var proxies = TrustedProxies.of(List.of(block));

    assertThat(proxies.client(inside, List.of("203.0.113.5"))).isEqualTo("203.0.113.5");
    assertThat(proxies.client(outside, List.of("203.0.113.5"))).isNotEqualTo("203.0.113.5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "load-balancer",
        "10/8",
        "10.0.0.0/33",
        "10.0.0.0/0",
        "::/0",
        "10.0.0.0/",
        "10.0.0.0/x",
        "::ffff:10.0.0.0/96",
        "10.1.0.0/8",
        "fd00::/129",
        ""
      })
  void what_is_no_address_and_no_block_is_refused_with_key_value_and_remedy(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrustedProxies.of(List.of("10.0.0.0/8", text)))
        .withMessageStartingWith("gateway.trusted-proxies must hold addresses and blocks, but ")
        .withMessageContaining(text)
        .withMessageContaining(": ");
  }
}
