package io.livemind.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.Fragment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
  private static final Fragment FRAGMENT =
      new Fragment(1L, 2L, 0, 0, 3L, new Append("Gr\u00fc\u00df dich \ud83d\ude00"));
  private final AvroSerde<Fragment> serde = new AvroSerde<>(Fragment.class);

  @Test
  void aRecordIsReadAsItWasWritten() {
    assertThat(serde.decode(serde.encode(FRAGMENT))).isEqualTo(FRAGMENT);
  }

  @Test
  void whatIsNoRecordIsRefusedWithoutItsContent() {
    byte[] secret = "my secret".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> serde.decode(secret))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("not a record of Fragment")
        .hasMessageNotContaining("secret");
  }

  @Test
  void anotherTopicsRecordIsRefused() {
    var other = new AvroSerde<>(Control.class);
    byte[] bytes = other.encode(new Control("t", 1, "e", ControlCommand.GRANT));

    assertThatThrownBy(() -> serde.decode(bytes)).isInstanceOf(SerializationException.class);
  }

  @Test
  void aCutRecordIsRefused() {
    byte[] whole = serde.encode(FRAGMENT);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> serde.decode(cut)).isInstanceOf(SerializationException.class);
    }
  }
}
