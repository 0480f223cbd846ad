// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.punch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeException;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an end says that its port for TCP is. */
class CoordMessageTest {
  private static final InetSocketAddress PLACE = new InetSocketAddress("203.0.113.5", 4000);
  private static final InetSocketAddress STREAM = new InetSocketAddress("203.0.113.5", 4001);

  private static PeerId id(int fill) {
    byte[] octets = new byte[PeerId.BYTES];
    Arrays.fill(octets, (byte) fill);
    return PeerId.of(octets);
  }

  private static CoordMessage offer() {
    return new CoordMessage("r1", true, 5, id(1), id(2), PLACE, null, STREAM);
  }

  private static CoordMessage with(String payload) {
    Envelope envelope = offer().toEnvelope().toBuilder().payload(payload.getBytes(UTF_8)).build();
    return CoordMessage.of(envelope).orElseThrow();
  }

  @Test
  void shouldSayWhereItsStreamsAreInThePayload() throws EnvelopeException {
    byte[] octets = EnvelopeCodec.encode(offer().toEnvelope());
    Envelope read = EnvelopeCodec.decode(octets, 0, octets.length);

    assertEquals("tcp 203.0.113.5:4001", new String(read.payload(), UTF_8));
    assertEquals(offer(), CoordMessage.of(read).orElseThrow());
    assertEquals(EnvelopeType.HOLE_PUNCH_COORD.wireName(), read.type());
  }

  @Test
  void shouldSayNothingWhereThereIsNothingToSay() {
    CoordMessage reply = offer().reply(6, PLACE, null, null);

    assertEquals(0, reply.toEnvelope().payload().length);
    assertNull(CoordMessage.of(reply.toEnvelope()).orElseThrow().stream());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tcp",
        "tcp ",
        "udp 203.0.113.5:4001",
        "203.0.113.5:4001",
        "tcp 203.0.113.5",
        "tcp 203.0.113.5:0",
        "tcp 203.0.113.5:65536",
        "tcp somewhere.example:4001",
        "tcp 0.0.0.0:4001",
        "tcp 203.0.113.5:4001 and more, so much of it that it is none of ours any more"
      })
  void shouldPassOverWhatIsNoAddress(String payload) {
    assertNull(with(payload).stream());
    assertEquals(PLACE, with(payload).advertised());
  }
}
