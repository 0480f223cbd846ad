// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.conformance.moss.tap.WireTap;
import io.lichen.transport.moss.HandshakeMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Two peers of an open mesh or room, one session, and everything that goes through it. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#all")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // Fields are set by startPair, which JUnit calls first.
class PairTest extends PairScenario {
  private static final long SEED = 20_261_121;
  private static final int MESSAGE_TOO_LARGE = -5;

  private final Random random = new Random(SEED);
  private MeshPeer dialer;
  private MeshPeer listener;
  private WireTap tap;

  @BeforeParameterizedClassInvocation
  void startPair() {
    assumeRunnable();
    listener = peers.start(listener());
    dialer = peers.start(dialer());
    tap = tapBefore(listener);
  }

  @AfterParameterizedClassInvocation
  void endPair() {
    endAll();
  }

  @Test
  @Order(1)
  @Scenario("XX handshake, open mesh or room, both ways")
  void shouldMeetByXxAndTalkBothWays() {
    Talk.connect(cell(), dialer, listener, tap.address());
    Talk.bothWays(dialer, listener);
    assertEquals(List.of(HandshakeMode.XX), tap.handshakes());
  }

  @Test
  @Order(2)
  @Scenario("payloads of 0 B, 1 B, 1 KiB, binary")
  void shouldDeliverSmallAndBinaryPayloads() {
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
    largestFrom(dialer, listener);
    largestFrom(listener, dialer);
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
    dialer.clearMessages();
    listener.clearMessages();
    Talk.exchange(dialer, listener, 1_000, 100, random);
  }
}
