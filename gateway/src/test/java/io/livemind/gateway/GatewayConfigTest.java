package io.livemind.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.livemind.gateway.handle.HandleKey;
import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.SessionOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {

  @Test
  void the_local_default_is_loopback_with_three_models() {
    var config = GatewayConfig.local(8080, Map.of());

    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.models().keySet())
        .containsExactly("livemind", "livemind-collaborative", "conventional");
    assertThat(config.models().values())
        .extracting(SessionOptions::getMode)
        .containsExactly(Mode.LIVE, Mode.LIVE, Mode.CONVENTIONAL);
    assertThat(config.models().values())
        .extracting(SessionOptions::getOutputModel)
        .containsExactly("large", "small", "large");
  }

  @Test
  void no_authentication_is_refused_beyond_loopback() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config("0.0.0.0", new Auth.None()))
        .withMessageContaining("gateway.auth")
        .withMessageContaining("0.0.0.0")
        .withMessageContaining("API keys");
  }

  @Test
  void with_api_keys_every_address_will_do() {
    var auth = new Auth.ApiKeys(Map.of("0123456789abcdef", "ada"));

    assertThat(config("0.0.0.0", auth).host()).isEqualTo("0.0.0.0");
    assertThat(auth.owner("0123456789abcdef")).isPresent();
    assertThat(auth.owner("0123456789abcdeF")).isEmpty();
    assertThat(auth.toString()).doesNotContain("0123");
  }

  @Test
  void a_short_key_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Auth.ApiKeys(Map.of("secret", "ada")))
        .withMessageContaining("at least 16");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HandleKey.ofHex("00ff"))
        .withMessageContaining("gateway.handle-keys");
  }

  @Test
  void a_handle_key_with_a_wrong_digit_is_refused_with_key_and_remedy_and_is_not_shown() {
    for (String wrong : List.of("0g".repeat(32), "0".repeat(65)))
      assertThatIllegalArgumentException()
          .isThrownBy(() -> HandleKey.ofHex(wrong))
          .withMessageStartingWith("gateway.handle-keys: ")
          .withMessageContaining("openssl rand -hex 32")
          .withMessageNotContaining(wrong);
  }

  private static GatewayConfig config(String host, Auth auth) {
    return new GatewayConfig(
        "g",
        host,
        0,
        8,
        Map.of(),
        auth,
        List.of(HandleKey.random()),
        Limits.DEFAULT,
        GatewayConfig.defaultModels(),
        GatewayConfig.SAMPLES,
        Set.of("localhost"),
        Set.of(),
        TrustedProxies.NONE);
  }
}
