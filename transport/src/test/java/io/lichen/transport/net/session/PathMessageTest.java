// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The messages about direct paths, to the byte. */
class PathMessageTest {
  private static final PathMessage OFFER =
      new PathMessage.Offer(
          false, List.of(address("10.1.2.3", 9000), address("2001:db8::7", 65_535)));

  private static InetSocketAddress address(String host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }

  private static byte[] encoded(PathMessage message) {
    return ByteBufUtil.getBytes(message.encode(UnpooledByteBufAllocator.DEFAULT));
  }

  private static @Nullable PathMessage decoded(byte[] octets) {
    return PathMessage.decode(Unpooled.wrappedBuffer(octets));
  }

  @Test
  void shouldWriteWhatTheWirePageSays() {
    HexFormat hex = HexFormat.of();
    assertEquals(
        "00" + "040a010203" + "00".repeat(12) + "2328" + "0620010db8" + "00".repeat(11) + "07ffff",
        hex.formatHex(encoded(OFFER)));
    assertEquals("01", hex.formatHex(encoded(new PathMessage.Offer(true, List.of()))));
    assertEquals(
        "020807060504030201", hex.formatHex(encoded(new PathMessage.Probe(0x0102030405060708L))));
    assertEquals("03ffffffffffffffff", hex.formatHex(encoded(new PathMessage.Answer(-1))));
  }

  @Test
  void shouldReadBackOrRefuseAnything() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    byte[][] good = {
      encoded(OFFER), encoded(new PathMessage.Probe(7)), encoded(new PathMessage.Answer(8))
    };
    int read = 0;
    for (int i = 0; i < Suite.inputs(); i++) {
      byte[] input = Suite.mutate(random, good[i % good.length], 100);
      PathMessage message = decoded(input);
      if (message != null) {
        read++;
        // What stands behind the four octets of IPv4 means nothing.
        assertEquals(message, decoded(encoded(message)), "seed " + seed);
        assertEquals(input.length, encoded(message).length, "seed " + seed);
      }
    }
    assertTrue(read > 0 && read < Suite.inputs(), read + " of the inputs were messages");
    assertArrayEquals(good[0], encoded(OFFER));
  }
}
