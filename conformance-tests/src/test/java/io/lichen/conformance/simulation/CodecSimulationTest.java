// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeException;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.moss.wire.GossipEnvelopes;
import io.lichen.core.moss.wire.PublishCodec;
import io.lichen.gossipsub.GossipMessage;
import io.lichen.gossipsub.GossipSubParams;
import io.lichen.gossipsub.PublishedMessage;
import io.lichen.testkit.LinkProfile;
import io.lichen.testkit.gossipsub.DeliveryReport;
import io.lichen.testkit.gossipsub.GossipPacket;
import io.lichen.testkit.gossipsub.GossipWorld;
import io.lichen.testkit.gossipsub.PacketCodec;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Engines in a simulated network whose every packet is written and read by the real codec. */
class CodecSimulationTest {
  private static final long SECOND = 1_000_000_000L;

  /** The Moss envelope. */
  private static final class MossCodec implements PacketCodec {
    private long packets;

    @Override
    public PublishedMessage message(
        String topic, String messageId, long sequence, byte[] senderId, byte[] payload) {
      return PublishCodec.message(topic, messageId, sequence, senderId, payload);
    }

    @Override
    public GossipPacket pass(PublishedMessage message) {
      return read(message.encoded());
    }

    @Override
    public GossipPacket pass(GossipMessage message) {
      return read(GossipEnvelopes.encode(message));
    }

    private GossipPacket read(byte[] octets) {
      packets++;
      try {
        Envelope envelope = EnvelopeCodec.decode(octets, 0, octets.length);
        EnvelopeType type = Objects.requireNonNull(EnvelopeType.of(envelope.type()));
        return type == EnvelopeType.PUBLISH
            ? new GossipPacket.Data(PublishCodec.received(envelope, octets, 0, octets.length))
            : new GossipPacket.Control(
                Objects.requireNonNull(GossipEnvelopes.toMessage(type, envelope)));
      } catch (EnvelopeException e) {
        throw new AssertionError("our own octets were not read", e);
      }
    }
  }

  @Test
  void shouldDeliverThroughTheRealCodecAsWithout() {
    MossCodec codec = new MossCodec();
    GossipWorld through = live(codec);
    GossipWorld without = live(PacketCodec.NONE);

    assertTrue(codec.packets > 10_000, () -> codec.packets + " packets");
    assertEquals(without.report(), through.report());
    assertEquals(without.network().traceHash(), through.network().traceHash());
  }

  private static GossipWorld live(PacketCodec codec) {
    GossipWorld world =
        new GossipWorld(11).throughCodec(codec).addEngines(60, GossipSubParams.defaults());
    world
        .subscribeAll()
        .connectRandomly(5, LinkProfile.lossy(SECOND / 100, SECOND / 20, 0.02, 0.01));
    world.run(5 * SECOND);
    world.publishRandomly(50, SECOND / 10, 100);
    world.publishRandomly(50, SECOND / 10, 3000);
    world.run(15 * SECOND);
    DeliveryReport report = world.report();
    assertTrue(report.isExactlyOnce(), () -> report + ", seed " + world.seed());
    return world;
  }
}
