// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.core.json.Fuzz;
import io.lichen.core.net.wire.NetWireException;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rendezvous messages and keep-alives, as natives printed them. */
class RendezvousTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String FOUR = "04cb0071090000000000000000000000009cbb";
  private static final String SIX = "0620010db80000000000000000000000011b58";
  private static final String REQUEST = "01112233445566778800000001" + FOUR;
  private static final String INTRODUCE = "020000000000000009" + SIX + "0000000000000001";
  private static final String ACK = "03000000000000000700000000000000090000000b";
  private static final String REJECT = "0400000000000000060000000804";
  private static final String KEEP_ALIVE = "5048efcdab896745230100000000";

  @Test
  void shouldReadAndWriteEachMessage() throws NetWireException {
    check(
        REQUEST,
        new Rendezvous.Request(
            0x1122334455667788L, 1, new InetSocketAddress("203.0.113.9", 40123)));
    check(INTRODUCE, new Rendezvous.Introduce(9, new InetSocketAddress("2001:db8::1", 7000), 1));
    check(ACK, new Rendezvous.Ack(7, 9, 11));
    check(REJECT, new Rendezvous.Reject(6, 8, RejectReason.REFLEX_MISMATCH));
  }

  private static void check(String hex, Rendezvous message) throws NetWireException {
    assertEquals(message, read(hex));
    assertEquals(hex, HEX.formatHex(message.encode()));
  }

  private static Rendezvous read(String hex) throws NetWireException {
    return Rendezvous.decode(Unpooled.wrappedBuffer(HEX.parseHex(hex)));
  }

  @ParameterizedTest
  @ValueSource(strings = {REQUEST, INTRODUCE, ACK, REJECT})
  void shouldRefuseOtherLengths(String hex) {
    assertThrows(NetWireException.class, () -> read(hex + "00"));
    assertThrows(NetWireException.class, () -> read(hex.substring(0, hex.length() - 2)));
  }

  @Test
  void shouldRefuseOtherKindsAndFamilies() {
    assertThrows(NetWireException.class, () -> read(""));
    assertThrows(NetWireException.class, () -> read(ACK.replaceFirst("^03", "05")));
    assertThrows(NetWireException.class, () -> read(REQUEST.replace(FOUR, "05" + "00".repeat(18))));
  }

  @Test
  void shouldTakeReasonsThatNobodyKnowsYet() throws NetWireException {
    assertEquals(
        new Rendezvous.Reject(6, 8, RejectReason.UNSPECIFIED),
        read(REJECT.replaceFirst("04$", "7e")));
    assertEquals("no-session-with-target", RejectReason.of(3).text());
  }

  @Test
  void shouldReadAndWriteAKeepAlive() throws NetWireException {
    KeepAlive read = KeepAlive.decode(Unpooled.wrappedBuffer(HEX.parseHex(KEEP_ALIVE)));

    assertEquals(new KeepAlive(81985529216486895L, 0), read);
    assertArrayEquals(HEX.parseHex(KEEP_ALIVE), read.encode());
  }

  @Test
  void shouldReadOrRefuseAnything() {
    Fuzz.run(
        List.of(
            HEX.parseHex(REQUEST),
            HEX.parseHex(INTRODUCE),
            HEX.parseHex(ACK),
            HEX.parseHex(REJECT),
            HEX.parseHex(KEEP_ALIVE)),
        input -> {
          try {
            Rendezvous message = Rendezvous.decode(Unpooled.wrappedBuffer(input));
            assertEquals(message, Rendezvous.decode(Unpooled.wrappedBuffer(message.encode())));
          } catch (NetWireException e) {
            refused(input);
          }
        });
  }

  /** What is no message may be a keep-alive, and then comes out as it went in. */
  private static void refused(byte[] input) {
    try {
      assertArrayEquals(input, KeepAlive.decode(Unpooled.wrappedBuffer(input)).encode());
    } catch (NetWireException e) {
      assertEquals(NetWireException.class, e.getClass());
    }
  }
}
