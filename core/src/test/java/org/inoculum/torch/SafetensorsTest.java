package org.inoculum.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inoculum.Sizes;
import org.inoculum.UserException;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest extends TorchTest {
  private static byte[] example() {
    try (Weights weights = new Weights()) {
      weights.add("a.weight", new float[] {1, -2, Float.MIN_VALUE, 4, 5, 6}, 2, 3);
      weights.add("a.bias", new float[] {0.5f}, 1);
      return Safetensors.encode(weights, Map.of("format", "test"));
    }
  }

  @Test
  void weightsComeBackToTheBit() {
    Map<String, Safetensors.Entry> entries = Safetensors.decode(example(), "x");
    assertThat(entries.keySet()).containsExactly("a.weight", "a.bias");
    Safetensors.Entry weight = java.util.Objects.requireNonNull(entries.get("a.weight"));
    assertThat(weight.shape()).containsExactly(2, 3);
    assertThat(weight.values()).containsExactly(1, -2, Float.MIN_VALUE, 4, 5, 6);
  }

  /** Map.of gives another order in each process, so that no file may follow it. */
  @Test
  void theOrderOfMetadataDoesNotChangeTheFile() {
    Map<String, String> oneWay = new LinkedHashMap<>();
    oneWay.put("format", "test");
    oneWay.put("preset", "classic");
    Map<String, String> otherWay = new LinkedHashMap<>();
    otherWay.put("preset", "classic");
    otherWay.put("format", "test");
    assertThat(Safetensors.encode(Map.of(), oneWay))
        .isEqualTo(Safetensors.encode(Map.of(), otherWay));
  }

  @Test
  void everyTruncationIsFound() {
    byte[] whole = example();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Safetensors.decode(cut, "weights.safetensors"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("weights.safetensors");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387905],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483648,2147483648,2147483648],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"I8\",\"shape\":[8],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}",
        "{\"a\":7}",
        "[]",
        "{}",
        "not JSON"
      })
  void hostileHeadersAreRefused(String header) {
    assertThatThrownBy(() -> Safetensors.decode(file(header.length(), header), "x"))
        .isInstanceOf(UserException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MAX_VALUE, Long.MIN_VALUE, 0, 1, 1L << 40})
  void hostileLengthsAreRefused(long length) {
    assertThatThrownBy(() -> Safetensors.decode(file(length, "{}"), "x"))
        .isInstanceOf(UserException.class);
  }

  @Test
  void changedBytesGiveNumbersOrTheTypedError() {
    byte[] whole = example();
    for (int trial = 0; trial < Sizes.of(1000, 100_000); trial++) {
      RandomStream random = RandomStream.of(3, Purpose.CHECKING, trial);
      byte[] changed = whole.clone();
      for (int change = 0; change <= trial % 3; change++) {
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Throwable thrown = catchThrowable(() -> Safetensors.decode(changed, "x"));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(UserException.class);
      }
    }
  }

  private static byte[] file(long length, String header) {
    byte[] head = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + head.length + 8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(head)
        .array();
  }
}
