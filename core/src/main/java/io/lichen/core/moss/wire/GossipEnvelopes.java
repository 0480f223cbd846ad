// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import io.lichen.gossipsub.GossipMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Between envelopes and the records of the GossipSub engine. Stateless. */
public final class GossipEnvelopes {
  private GossipEnvelopes() {}

  /** The octets of a control message. */
  public static byte[] encode(GossipMessage message) {
    return EnvelopeCodec.encode(toEnvelope(message));
  }

  /** The envelope of a control message. */
  public static Envelope toEnvelope(GossipMessage message) {
    return switch (message) {
      case GossipMessage.Graft m -> of(EnvelopeType.GRAFT, m.topic(), List.of());
      case GossipMessage.Prune m -> of(EnvelopeType.PRUNE, m.topic(), List.of());
      case GossipMessage.IHave m -> of(EnvelopeType.IHAVE, m.topic(), m.messageIds());
      case GossipMessage.IWant m -> of(EnvelopeType.IWANT, m.topic(), m.messageIds());
      case GossipMessage.IDontWant m -> of(EnvelopeType.IDONTWANT, m.topic(), m.messageIds());
      case GossipMessage.Receipt m ->
          Envelope.of(EnvelopeType.PUBLISH).channel(m.topic()).messageId(m.messageId()).build();
    };
  }

  /** The control message in an envelope, or null if it is of another type. */
  public static @Nullable GossipMessage toMessage(EnvelopeType type, Envelope envelope) {
    String topic = envelope.channel();
    List<String> ids = envelope.messageIds();
    return switch (type) {
      case GRAFT -> new GossipMessage.Graft(topic);
      case PRUNE -> new GossipMessage.Prune(topic);
      case IHAVE -> new GossipMessage.IHave(topic, ids);
      case IWANT -> new GossipMessage.IWant(topic, ids);
      case IDONTWANT -> new GossipMessage.IDontWant(topic, unwanted(envelope));
      default -> null;
    };
  }

  /** An unwanted message may also stand alone, in the member of a publish. */
  private static List<String> unwanted(Envelope envelope) {
    return envelope.messageIds().isEmpty() && !envelope.messageId().isEmpty()
        ? List.of(envelope.messageId())
        : envelope.messageIds();
  }

  private static Envelope of(EnvelopeType type, String topic, List<String> ids) {
    return Envelope.of(type).channel(topic).messageIds(ids).build();
  }
}
