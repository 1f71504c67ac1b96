package io.livemind.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Fragment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class CompressedSerdeTest {
  private static final int LENGTH_AT = 2;

  private final AvroSerde<Fragment> plain = new AvroSerde<>(Fragment.class);
  private final CompressedSerde<Fragment> serde = new CompressedSerde<>(plain);

  @Test
  void aLongTextIsShorterAndReadAsItWasWritten() {
    Fragment fragment = fragment(prompt());

    byte[] bytes = serde.encode(fragment);

    assertThat(bytes).hasSizeLessThan(plain.encode(fragment).length * 6 / 10);
    assertThat(serde.decode(bytes)).isEqualTo(fragment);
  }

  @Test
  void aShortRecordIsLeftAsItIs() {
    Fragment fragment = fragment("Which airport is the oldest?");

    assertThat(serde.encode(fragment)).isEqualTo(plain.encode(fragment));
    assertThat(serde.decode(plain.encode(fragment))).isEqualTo(fragment);
  }

  @Test
  void whatCompressionWouldMakeLongerIsLeftAsItIs() {
    String noise =
        new Random(1)
            .ints(5_000, 0x100, 0xd000)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    assertThat(serde.encode(fragment(noise))).isEqualTo(plain.encode(fragment(noise)));
  }

  @Test
  void aRecordThatIsCutOrDamagedIsRefused() {
    byte[] whole = serde.encode(fragment(prompt()));
    for (int length = 0; length < whole.length; length += 7) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> serde.decode(cut)).isInstanceOf(SerializationException.class);
    }
  }

  @Test
  void aLengthThatCannotBeIsNotBelieved() {
    byte[] bytes = serde.encode(fragment(prompt()));
    for (int length : new int[] {-1, CompressedSerde.LONGEST + 1, Integer.MAX_VALUE}) {
      ByteBuffer.wrap(bytes).putInt(LENGTH_AT, length);
      assertThatThrownBy(() -> serde.decode(bytes)).isInstanceOf(SerializationException.class);
    }
    ByteBuffer.wrap(bytes).putInt(LENGTH_AT, CompressedSerde.LONGEST);
    assertThatThrownBy(() -> serde.decode(bytes)).isInstanceOf(SerializationException.class);
  }

  private static String prompt() {
    return IntStream.range(0, 400)
        .mapToObj(i -> "The harbour of town " + i + " freezes in January, and ships wait. ")
        .collect(Collectors.joining());
  }

  private static Fragment fragment(String text) {
    return new Fragment(1L, 2L, 0, 0, 3L, new Append(text));
  }
}
