// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.lichen.gossipsub.GossipMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GossipEnvelopesTest {
  static List<GossipMessage> messages() {
    return List.of(
        new GossipMessage.Graft("t"),
        new GossipMessage.Prune("t"),
        new GossipMessage.IHave("t", List.of("a", "b")),
        new GossipMessage.IWant("t", List.of("a")),
        new GossipMessage.IDontWant("t", List.of("b")));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void shouldReadBackWhatItWrote(GossipMessage message) throws EnvelopeException {
    byte[] encoded = GossipEnvelopes.encode(message);

    Envelope envelope = EnvelopeCodec.decode(encoded, 0, encoded.length);
    EnvelopeType type = EnvelopeType.of(envelope.type());

    assertEquals(message, type == null ? null : GossipEnvelopes.toMessage(type, envelope));
  }

  @Test
  void shouldNameTheTypeAsTheWireDoes() {
    assertEquals(
        "{\"type\":\"ihave\",\"channel\":\"t\",\"message_ids\":[\"a\"]}",
        new String(
            GossipEnvelopes.encode(new GossipMessage.IHave("t", List.of("a"))),
            StandardCharsets.UTF_8));
  }

  @Test
  void shouldTakeASingleUnwantedIdFromTheOtherMember() {
    Envelope envelope = Envelope.of(EnvelopeType.IDONTWANT).channel("t").messageId("a").build();

    assertEquals(
        new GossipMessage.IDontWant("t", List.of("a")),
        GossipEnvelopes.toMessage(EnvelopeType.IDONTWANT, envelope));
  }

  @Test
  void shouldLeaveOtherTypesToOthers() {
    Envelope envelope = Envelope.of(EnvelopeType.PING).build();

    assertNull(GossipEnvelopes.toMessage(EnvelopeType.PING, envelope));
  }
}
