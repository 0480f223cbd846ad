// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.matrix.Scenario;
import io.lichen.transport.moss.Carrier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** Everything that goes through one session of two peers, however they have met. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class PairTalk extends PairScenario {
  private static final long SEED = 20_261_121;
  private static final int MESSAGE_TOO_LARGE = -5;

  /** A UDP session says no goodbye; natives notice after about 37 s. */
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(90);

  private final Random random = new Random(SEED);
  private @Nullable MeshPeer dialer;
  private @Nullable MeshPeer listener;

  /** One instance serves all invocations of the class. */
  @BeforeParameterizedClassInvocation
  final void forgetPair() {
    dialer = null;
    listener = null;
  }

  final void setPair(MeshPeer dialing, MeshPeer dialled) {
    dialer = dialing;
    listener = dialled;
  }

  final MeshPeer theDialer() {
    assumeTrue(dialer != null, "the pair did not start");
    return Objects.requireNonNull(dialer);
  }

  final MeshPeer theListener() {
    assumeTrue(listener != null, "the pair did not start");
    return Objects.requireNonNull(listener);
  }

  @Test
  @Order(2)
  @Scenario("payloads of 0 B, 1 B, 1 KiB, binary")
  void shouldDeliverSmallAndBinaryPayloads() {
    MeshPeer dialer = theDialer();
    MeshPeer listener = theListener();
    byte[] everyOctet = new byte[256];
    for (int i = 0; i < everyOctet.length; i++) {
      everyOctet[i] = (byte) i;
    }
    byte[] kibibyte = new byte[1024];
    random.nextBytes(kibibyte);
    byte[] notUtf8 = {(byte) 0xff, 0, (byte) 0xc0, (byte) 0x80, '\n', '"', '\\'};
    byte[] text = "日本語 <&> \u2028".getBytes(StandardCharsets.UTF_8);
    for (byte[] payload :
        List.of(new byte[0], new byte[] {7}, kibibyte, everyOctet, notUtf8, text)) {
      dialer.clearMessages();
      listener.clearMessages();
      Talk.deliver(dialer, listener, payload);
      dialer.clearMessages();
      listener.clearMessages();
      Talk.deliver(listener, dialer, payload);
    }
  }

  @Test
  @Order(3)
  @Scenario("largest payload; Lichen answers −5 above it")
  void shouldDeliverTheLargestPayloadAndRefuseOneByteMore() {
    largestFrom(theDialer(), theListener());
    largestFrom(theListener(), theDialer());
  }

  private void largestFrom(MeshPeer from, MeshPeer to) {
    boolean isNative = from.spec().driver() == Driver.NATIVE;
    byte[] payload = new byte[Payloads.largest(cell().era(), cell().carrier(), isNative)];
    random.nextBytes(payload);
    Talk.deliver(from, to, payload);
    if (!isNative) {
      byte[] tooLarge = new byte[Payloads.tooLarge(cell().era(), cell().carrier())];
      assertEquals(MESSAGE_TOO_LARGE, from.publish(Talk.CHANNEL, tooLarge));
      Talk.deliver(from, to, new byte[] {1, 2, 3, (byte) payload.length});
    }
  }

  @Test
  @Order(4)
  @Scenario("1 000 messages each way, none lost, none twice")
  void shouldLoseNothingOfAThousandMessagesEachWay() {
    theDialer().clearMessages();
    theListener().clearMessages();
    Talk.exchange(theDialer(), theListener(), 1_000, 100, random);
  }

  @Test
  @Order(5)
  @Scenario("disconnect event at the listener when the dialer leaves")
  void shouldSeeTheDialerLeave() {
    boolean silent = cell().carrier() == Carrier.UDP;
    assumeTrue(Cell.IS_FULL || !silent, "over UDP this takes a minute: full suite only");
    String left = theDialer().id();
    theDialer().stop();
    theListener().awaitEvent("PEER_LEFT", left, silent ? SILENCE_LIMIT : Talk.LIMIT);
  }
}
