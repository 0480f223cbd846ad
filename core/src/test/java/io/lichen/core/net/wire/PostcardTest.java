// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.core.json.Fuzz;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostcardTest {
  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @CsvSource({
    "0,00",
    "1,01",
    "127,7f",
    "300,ac02",
    "16383,ff7f",
    "16384,808001",
    "4294967296,8080808010",
    "18446744073709551615,ffffffffffffffffff01"
  })
  void shouldWriteAndReadUnsignedNumbersInGroups(String number, String hex) throws Exception {
    long value = Long.parseUnsignedLong(number);

    assertEquals(hex, written(out -> out.unsigned(value)));
    assertEquals(value, reader(hex).readU64());
  }

  @ParameterizedTest
  @CsvSource({"0,00", "-1,01", "1,02", "-9223372036854775808,ffffffffffffffffff01"})
  void shouldWriteAndReadSignedNumbersInZigzag(long value, String hex) throws Exception {
    assertEquals(hex, written(out -> out.signed(value)));
    assertEquals(value, reader(hex).readI64());
  }

  @Test
  void shouldWriteAndReadEveryOtherType() throws Exception {
    InetSocketAddress four = new InetSocketAddress("10.0.0.1", 9000);
    InetSocketAddress six = new InetSocketAddress("2001:db8::1", 1);

    assertEquals("000a000001a846", written(out -> out.socketAddress(four)));
    assertEquals(four, reader("000a000001a846").readSocketAddress());
    assertEquals(six, reader(written(out -> out.socketAddress(six))).readSocketAddress());
    assertEquals("000000000000f83f", written(out -> out.f64(1.5)));
    assertEquals(1.5, reader("000000000000f83f").readF64());
    assertEquals(-2f, reader(written(out -> out.f32(-2f))).readF32());
    assertEquals("0180cab5ee01", written(out -> out.duration(Duration.ofMillis(1500))));
    assertEquals(Duration.ofMillis(1500), reader("0180cab5ee01").readDuration());
    assertEquals("026575", written(out -> out.string("eu")));
    assertEquals("eu", reader("026575").readString());
    assertEquals(
        "0107", written(out -> out.option(7L, (to, value) -> to.unsigned(value)).raw(new byte[0])));
    assertEquals("00", written(out -> out.option(null, PostcardWriter::string)));
    assertEquals(7L, reader("0107").readOption(PostcardReader::readU32));
    assertNull(reader("00").readOption(PostcardReader::readU32));
    assertArrayEquals(new byte[] {1, 2}, reader("020102").readBytes());
    assertEquals(2, reader("02").readVariant(3));
    assertEquals(255, reader("ff").readU8());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "80",
        "ffffffffffffffffff02",
        "ffffffffffffffffffff01",
        "80808080808080808080"
      })
  void shouldRefuseWhatDoesNotFitInto64Bits(String hex) {
    assertThrows(NetWireException.class, () -> reader(hex).readU64());
  }

  @Test
  void shouldRefuseWhatSmallerTypesCannotHold() throws Exception {
    assertEquals(0xFFFF, reader("ffff03").readU16());
    assertThrows(NetWireException.class, () -> reader("ffff04").readU16());
    assertThrows(NetWireException.class, () -> reader("80808000").readU16());
    assertEquals(0xFFFF_FFFFL, reader("ffffffff0f").readU32());
    assertThrows(NetWireException.class, () -> reader("ffffffff10").readU32());
  }

  @Test
  void shouldRefuseLengthsBeyondWhatIsLeft() {
    assertThrows(NetWireException.class, () -> reader("0301").readBytes());
    assertThrows(NetWireException.class, () -> reader("ffffffffffffffffff01").readString());
    assertThrows(NetWireException.class, () -> reader("0300000000").readCount(2));
    assertThrows(NetWireException.class, () -> reader("00").readRaw(2));
    assertThrows(NetWireException.class, () -> reader("0000").readF32());
  }

  @Test
  void shouldRefuseWhatStandsForNothing() {
    assertThrows(NetWireException.class, () -> reader("02").readBoolean());
    assertThrows(NetWireException.class, () -> reader("02").readOption(PostcardReader::readU8));
    assertThrows(NetWireException.class, () -> reader("03").readVariant(3));
    assertThrows(NetWireException.class, () -> reader("01c0").readString());
    assertThrows(NetWireException.class, () -> reader("0180a8d6b907").readDuration());
    assertThrows(NetWireException.class, () -> reader("02").end());
  }

  @Test
  void shouldReadOrRefuseAnything() {
    Fuzz.run(
        List.of(HEX.parseHex("0107026575000a000001a8460180cab5ee0103ac02ff7f00")),
        input -> {
          PostcardReader in = new PostcardReader(input);
          try {
            in.readOption(PostcardReader::readU32);
            in.readString();
            in.readSocketAddress();
            in.readDuration();
            in.readRaw(in.readCount(1));
            in.end();
          } catch (NetWireException e) {
            // Refused.
          }
        });
  }

  private static PostcardReader reader(String hex) {
    return new PostcardReader(HEX.parseHex(hex));
  }

  private static String written(Consumer<PostcardWriter> values) {
    ByteBuf out = Unpooled.buffer();
    values.accept(new PostcardWriter(out));
    return ByteBufUtil.hexDump(out);
  }
}
