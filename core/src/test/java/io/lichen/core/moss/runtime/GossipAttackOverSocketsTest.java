// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.HostileScenario.CHANNEL;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.moss.wire.MessageIds;
import io.lichen.core.moss.wire.PublishCodec;
import io.lichen.gossipsub.PublishedMessage;
import io.lichen.transport.moss.MossTransport;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A stranger that abuses the gossip over a real session: the honest hear each other all the same,
 * and the victim ends by ignoring it.
 */
final class GossipAttackOverSocketsTest {
  private static final int IDS_AT_ONCE = 256;

  private final SplittableRandom random = new SplittableRandom(1);
  private final HostileScenario scenario = new HostileScenario(MossTransport::open).introduced();
  private final RawPeer attacker = scenario.stranger();

  @AfterEach
  void close() {
    scenario.close();
  }

  private String unknownId() {
    return HexFormat.of().toHexDigits(random.nextLong(), 16).repeat(4);
  }

  private List<String> unknownIds() {
    return IntStream.range(0, IDS_AT_ONCE).mapToObj(i -> unknownId()).toList();
  }

  private void say(EnvelopeType type, List<String> ids) {
    attacker.send(scenario.about(type).toBuilder().messageIds(ids).build());
  }

  private void say(EnvelopeType type) {
    say(type, List.of());
  }

  private static void times(int count, Runnable deed) {
    for (int i = 0; i < count; i++) {
      deed.run();
    }
  }

  @Test
  void shouldHoldOffOffersOfMessagesThatDoNotExist() throws Exception {
    say(EnvelopeType.GRAFT);
    scenario.attackUntilIgnored(
        () -> times(4, () -> say(EnvelopeType.IHAVE, unknownIds())), attacker);
  }

  @Test
  void shouldHoldOffEndlessRequestsForTheSameMessage() throws Exception {
    say(EnvelopeType.GRAFT);
    attacker.awaitRead();
    scenario.talk();
    Envelope message = attacker.next(EnvelopeType.PUBLISH);
    scenario.attackUntilIgnored(
        () -> times(100, () -> say(EnvelopeType.IWANT, List.of(message.messageId()))), attacker);
  }

  @Test
  void shouldHoldOffRequestsForWhatThereIsNot() throws Exception {
    scenario.attackUntilIgnored(
        () -> times(10, () -> say(EnvelopeType.IWANT, unknownIds())), attacker);
  }

  @Test
  void shouldHoldOffGraftsDuringTheBackoff() throws Exception {
    say(EnvelopeType.GRAFT);
    attacker.send(scenario.about(EnvelopeType.PUBLISH));
    attacker.next(EnvelopeType.PRUNE);
    scenario.attackUntilIgnored(() -> times(100, () -> say(EnvelopeType.GRAFT)), attacker);
  }

  @Test
  void shouldHoldOffAPeerThatComesAndGoesAllTheTime() throws Exception {
    scenario.attackUntilIgnored(
        () ->
            times(
                100,
                () -> {
                  say(EnvelopeType.GRAFT);
                  say(EnvelopeType.PRUNE);
                }),
        attacker);
  }

  @Test
  void shouldHoldOffInvalidMessages() throws Exception {
    byte[] tooLarge = new byte[65_537];
    scenario.attackUntilIgnored(
        () -> {
          attacker.send(scenario.about(EnvelopeType.PUBLISH));
          String id = unknownId();
          attacker.session.send(
              PublishCodec.encode(scenario.topic(), id, 1, new byte[32], tooLarge));
        },
        attacker);
    assertTrue(scenario.victim.figure("rejected", "reason", "bad_publish") >= 32);
  }

  @Test
  void shouldHoldOffClaimsToEndlessTopics() throws Exception {
    scenario.attackUntilIgnored(
        () ->
            times(
                2000,
                () -> attacker.send(Envelope.of(EnvelopeType.GRAFT).channel(unknownId()).build())),
        attacker);
  }

  @Test
  void shouldDeliverTheHonestMessageWhoseIdAForgeryTookBefore() throws Exception {
    RawPeer honest = scenario.stranger();
    byte[] sender = honest.identity.peerId().bytes();
    for (int i = 1; i <= 40; i++) {
      byte[] data = {(byte) i, 1, 2, 3, 4};
      byte[] payload = scenario.seal(data);
      String id = MessageIds.publish(sender, scenario.topic(), payload, i);
      byte[] forged = scenario.seal(new byte[5]);
      attacker.session.send(PublishCodec.encode(scenario.topic(), id, i, sender, forged));
      attacker.awaitRead();
      PublishedMessage genuine = PublishCodec.message(scenario.topic(), id, i, sender, payload);
      honest.session.send(genuine.encoded());
      MossMessage heard = MossNodeContract.take(scenario.victim, data.length);
      assertArrayEquals(data, heard.data(), CHANNEL);
    }
    scenario.attackUntilIgnored(() -> {}, attacker);
    assertTrue(scenario.victim.figure("rejected", "reason", "forged_id") >= 40);
  }
}
