// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import io.lichen.gossipsub.GossipMessage;
import io.lichen.gossipsub.PublishedMessage;

/**
 * A wire for a {@link GossipWorld}: what its packets are on the way. Each is encoded when it is
 * sent and decoded when it arrives, as on a real socket.
 */
public interface PacketCodec {
  /** Packets pass as they are; the payload stands for the envelope. */
  PacketCodec NONE =
      new PacketCodec() {
        @Override
        public PublishedMessage message(
            String topic, String messageId, long sequence, byte[] senderId, byte[] payload) {
          return new PublishedMessage(topic, messageId, sequence, senderId, payload, payload);
        }

        /** What an engine kept to send it again is without its payload. */
        @Override
        public GossipPacket pass(PublishedMessage message) {
          return message.payload() == message.encoded()
              ? new GossipPacket.Data(message)
              : new GossipPacket.Data(
                  message(
                      message.topic(),
                      message.messageId(),
                      message.sequence(),
                      message.senderId(),
                      message.encoded()));
        }

        @Override
        public GossipPacket pass(GossipMessage message) {
          return new GossipPacket.Control(message);
        }
      };

  /** A new message with its envelope. */
  PublishedMessage message(
      String topic, String messageId, long sequence, byte[] senderId, byte[] payload);

  /** What comes out at the other end when this message's envelope is put on the wire. */
  GossipPacket pass(PublishedMessage message);

  /** What comes out at the other end when this message is put on the wire. */
  GossipPacket pass(GossipMessage message);
}
