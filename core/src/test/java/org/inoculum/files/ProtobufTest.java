package org.inoculum.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.inoculum.UserException;
import org.junit.jupiter.api.Test;

/** The examples of protobuf.dev/programming-guides/encoding, and what it says of the rest. */
class ProtobufTest {
  @Test
  void theExamplesOfTheSpecification() {
    assertThat(hex(new Protobuf().number(1, 150))).isEqualTo("089601");
    assertThat(hex(new Protobuf().text(2, "testing"))).isEqualTo("120774657374696e67");
    assertThat(hex(new Protobuf().message(3, new Protobuf().number(1, 150))))
        .isEqualTo("1a03089601");
    assertThat(hex(new Protobuf().text(4, "hello").number(5, 1).number(5, 2).number(5, 3)))
        .isEqualTo("220568656c6c6f280128022803");
  }

  @Test
  void negativeNumbersHaveTenBytesFloatsFourAndDoublesEight() {
    assertThat(hex(new Protobuf().number(1, -2))).isEqualTo("08feffffffffffffffff01");
    assertThat(hex(new Protobuf().number(20, 0))).isEqualTo("a00100");
    assertThat(hex(new Protobuf().decimal(2, 0.2f))).isEqualTo("15cdcc4c3e");
    assertThat(hex(new Protobuf().precise(1, -2))).isEqualTo("0900000000000000c0");
    assertThat(hex(new Protobuf().text(1, "ä"))).isEqualTo("0a02c3a4");
  }

  @Test
  void whatTheFormatHasNoRoomForIsRefused() {
    Protobuf message = new Protobuf();
    byte[] part = new byte[1 << 20]; // kept once, however often it is added
    for (int i = 0; i < 2048; i++) {
      message.bytes(9, part);
    }
    assertThatThrownBy(() -> new Protobuf().message(7, message).toBytes("the file"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the file would have 2147491", "2 GiB");
  }

  private static String hex(Protobuf message) {
    return HexFormat.of().formatHex(message.toBytes("test"));
  }
}
