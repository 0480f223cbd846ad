// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.json.Fuzz;
import io.lichen.core.moss.discovery.CompactPeers;
import io.lichen.core.moss.discovery.tracker.UdpExchange.Connection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class UdpExchangeTest {
  private static final long S = 1_000_000_000L;
  private static final AnnounceRequest REQUEST =
      new AnnounceRequest(
          new byte[20], TrackerPeerId.of(new byte[12]), 7, AnnounceEvent.STARTED, 50);

  private final SplittableRandom random = new SplittableRandom(1);

  private UdpExchange exchange() {
    return new UdpExchange(REQUEST, null, CompactPeers.IPV4_BYTES, random, 0);
  }

  private static int transaction(UdpExchange exchange) {
    return ByteBuffer.wrap(exchange.packet()).getInt(12);
  }

  private static byte[] connected(int transaction, long id) {
    return ByteBuffer.allocate(16).putInt(0).putInt(transaction).putLong(id).array();
  }

  private static byte[] announced(int transaction, int intervalSec, String peers) {
    return ByteBuffer.allocate(20 + peers.length())
        .putInt(1)
        .putInt(transaction)
        .putInt(intervalSec)
        .putInt(0)
        .putInt(0)
        .put(peers.getBytes(StandardCharsets.ISO_8859_1))
        .array();
  }

  private UdpExchange connectedExchange() throws TrackerException {
    UdpExchange exchange = exchange();
    assertTrue(exchange.receive(connected(transaction(exchange), 42), 5 * S));
    return exchange;
  }

  @Test
  void shouldConnectAndThenAnnounce() throws Exception {
    UdpExchange exchange = exchange();
    assertEquals(16, exchange.packet().length);
    int first = transaction(exchange);
    assertTrue(exchange.receive(connected(first, 42), 0));
    assertEquals(UdpAnnounceCodec.ANNOUNCE_BYTES, exchange.packet().length);
    assertEquals(42, ByteBuffer.wrap(exchange.packet()).getLong());
    assertFalse(first == transaction(exchange), "a fresh transaction id");
    assertTrue(exchange.receive(announced(transaction(exchange), 1800, "abcdefgh"), 0));
    AnnounceResponse response = exchange.response().orElseThrow();
    assertEquals("97.98.99.100:25958", response.peers().getFirst().toString());
    assertEquals(1, response.peers().size());
    assertEquals(1800, response.intervalSec());
  }

  @Test
  void shouldSendTheSameAgainUntilItIsAnswered() throws Exception {
    UdpExchange exchange = exchange();
    assertArrayEquals(exchange.packet(), exchange.packet());
    exchange.receive(connected(transaction(exchange), 42), 0);
    assertArrayEquals(exchange.packet(), exchange.packet());
  }

  @Test
  void shouldIgnoreAnswersToWhatWasNotAsked() throws Exception {
    UdpExchange exchange = exchange();
    byte[] before = exchange.packet();
    assertFalse(exchange.receive(connected(transaction(exchange) + 1, 42), 0));
    assertFalse(exchange.receive(new byte[0], 0));
    assertFalse(exchange.receive(new byte[7], 0));
    assertArrayEquals(before, exchange.packet());
    int connecting = transaction(exchange);
    exchange.receive(connected(connecting, 42), 0);
    assertFalse(exchange.receive(connected(connecting, 43), 0), "a copy that comes late");
    assertEquals(42, ByteBuffer.wrap(exchange.packet()).getLong());
    assertTrue(exchange.response().isEmpty());
  }

  @Test
  void shouldEndWithTheTrackersRefusal() throws Exception {
    UdpExchange exchange = connectedExchange();
    byte[] refusal =
        ByteBuffer.allocate(10)
            .putInt(3)
            .putInt(transaction(exchange))
            .put(new byte[] {110, 111})
            .array();
    TrackerException refused =
        assertThrows(TrackerException.class, () -> exchange.receive(refusal, 0));
    assertEquals("the tracker refuses: no", refused.getMessage());
    assertTrue(exchange.connection().isEmpty(), "the connection id is not used again");
  }

  @Test
  void shouldEndWithAnAnswerThatIsTooShortOrOfAnotherKind() throws Exception {
    UdpExchange exchange = exchange();
    byte[] tooShort = ByteBuffer.allocate(15).putInt(0).putInt(transaction(exchange)).array();
    assertThrows(TrackerException.class, () -> exchange.receive(tooShort, 0));
    UdpExchange second = connectedExchange();
    byte[] other = connected(transaction(second), 42);
    assertThrows(TrackerException.class, () -> second.receive(other, 0));
  }

  @Test
  void shouldUseAConnectionIdForAMinute() throws Exception {
    Connection connection = connectedExchange().connection().orElseThrow();
    UdpExchange soon = new UdpExchange(REQUEST, connection, 4, random, 64 * S);
    assertEquals(UdpAnnounceCodec.ANNOUNCE_BYTES, soon.packet().length);
    UdpExchange late = new UdpExchange(REQUEST, connection, 4, random, 65 * S);
    assertEquals(16, late.packet().length);
  }

  @Test
  void shouldReadLongAddressesWhereIpv6CarriesThePackets() throws Exception {
    UdpExchange exchange = new UdpExchange(REQUEST, new Connection(1, 0), 16, random, 0);
    exchange.receive(announced(transaction(exchange), -1, "abcdefghijklmnopqrx"), 0);
    AnnounceResponse response = exchange.response().orElseThrow();
    assertEquals(
        "[6162:6364:6566:6768:696a:6b6c:6d6e:6f70]:29042", response.peers().getFirst().toString());
    assertEquals(0, response.intervalSec());
  }

  @Test
  void shouldTakeAnythingThatComes() {
    UdpExchange asked = exchange();
    int transaction = transaction(asked);
    List<byte[]> packets =
        List.of(connected(transaction, 42), announced(transaction, 1800, "abcdefghijkl"));
    Fuzz.run(
        packets,
        input -> {
          UdpExchange exchange = new UdpExchange(REQUEST, null, 4, new SplittableRandom(7), 0);
          try {
            exchange.receive(input, 0);
          } catch (TrackerException e) {
            assertTrue(UdpAnnounceCodec.answers(input, transaction(exchange)));
          }
          try {
            UdpAnnounceCodec.announced(input.length < 8 ? new byte[8] : input, 4);
          } catch (TrackerException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
          }
        });
  }
}
