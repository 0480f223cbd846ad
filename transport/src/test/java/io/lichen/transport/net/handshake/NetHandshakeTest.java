// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.handshake;

import static io.lichen.transport.net.Recording.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.transport.ScriptedRandom;
import io.lichen.transport.Suite;
import io.lichen.transport.net.Recording;
import io.lichen.transport.net.codec.LittleEndian;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetHandshakeTest {
  private static final int MODE = 0;
  private static final int PSK = 1;
  private static final int PROLOGUE = 2;
  private static final int INITIATOR_ID = 3;
  private static final int RESPONDER_ID = 4;
  private static final int STATIC_PRIVATE = 5;
  private static final int STATIC_PUBLIC = 6;
  private static final int INITIATOR_EPHEMERAL = 7;
  private static final int RESPONDER_EPHEMERAL = 8;
  private static final int MESSAGE1 = 9;
  private static final int MESSAGE2 = 10;
  private static final int SESSION_ID = 12;
  private static final int NONCE_PREFIX = 13;
  private static final int INITIATOR_TX = 14;
  private static final int INITIATOR_RX = 15;
  private static final int HOP_TX = 16;
  private static final int HOP_RX = 17;

  @Test
  void shouldSpeakAsRecordedInEveryMode() {
    for (String[] row : Recording.cases("handshakes.txt")) {
      NetHandshake initiator = initiator(row);
      NetHandshake responder = responder(row, row[PSK], row[PROLOGUE]);
      boolean routed = row[MODE].equals("routed");
      long id = Long.parseUnsignedLong(row[INITIATOR_ID]);
      byte[] message1 = routed ? initiator.writeRouted(id) : initiator.writeDirect();
      byte[] payload = responder.read(message1, 0, message1.length);
      byte[] message2 = responder.writeAnswer();

      assertArrayEquals(hex(row[MESSAGE1]), message1);
      assertNotNull(payload);
      assertEquals(routed ? Long.BYTES : 0, payload.length);
      assertEquals(id, routed ? LittleEndian.getLong(payload, 0) : id);
      assertArrayEquals(hex(row[MESSAGE2]), message2);
      assertNotNull(initiator.read(message2, 0, message2.length));
      checkKeys(row, initiator.keys(), responder.keys());
    }
  }

  private static void checkKeys(String[] row, SessionKeys initiator, SessionKeys responder) {
    assertEquals(Long.parseUnsignedLong(row[SESSION_ID]), initiator.sessionId());
    assertEquals(
        LittleEndian.getInt(hex(row[NONCE_PREFIX]), 0),
        SessionKeys.noncePrefix(initiator.sessionId()));
    assertArrayEquals(hex(row[INITIATOR_TX]), initiator.sendKey());
    assertArrayEquals(hex(row[INITIATOR_RX]), initiator.receiveKey());
    assertArrayEquals(hex(row[HOP_TX]), initiator.routeHopSendKey());
    assertArrayEquals(hex(row[HOP_RX]), initiator.routeHopReceiveKey());
    assertEquals(initiator.sessionId(), responder.sessionId());
    assertArrayEquals(initiator.sendKey(), responder.receiveKey());
    assertArrayEquals(initiator.receiveKey(), responder.sendKey());
    assertArrayEquals(initiator.routeHopSendKey(), responder.routeHopReceiveKey());
    assertArrayEquals(initiator.routeHopReceiveKey(), responder.routeHopSendKey());
  }

  @Test
  void shouldBindTheLowHalvesOfBothIds() {
    for (String[] row : Recording.cases("handshakes.txt")) {
      if (!row[PROLOGUE].equals("-")) {
        int initiator = (int) Long.parseUnsignedLong(row[INITIATOR_ID]);
        int responder = (int) Long.parseUnsignedLong(row[RESPONDER_ID]);

        assertArrayEquals(hex(row[PROLOGUE]), NetHandshake.prologue(initiator, responder));
      }
    }
  }

  @Test
  void shouldDeriveTheRecordedKeys() {
    for (String[] row : Recording.cases("key-derivation.txt")) {
      SessionKeys keys = SessionKeys.derive(hex(row[0]), true);
      byte[] derived =
          switch (row[1]) {
            case "initiator-tx" -> keys.sendKey();
            case "initiator-rx" -> keys.receiveKey();
            case "route-hop-tx-v1" -> keys.routeHopSendKey();
            default -> keys.routeHopReceiveKey();
          };

      assertArrayEquals(hex(row[2]), derived, row[1]);
    }
  }

  @Test
  void shouldRefuseAnotherPskPrologueAndStaticKey() {
    String[] row = Recording.cases("handshakes.txt").getFirst();
    byte[] message = hex(row[MESSAGE1]);

    assertNotNull(responder(row, row[PSK], row[PROLOGUE]).read(message, 0, message.length));
    assertNull(responder(row, row[STATIC_PUBLIC], row[PROLOGUE]).read(message, 0, message.length));
    assertNull(responder(row, row[PSK], row[PROLOGUE] + "00").read(message, 0, message.length));
    row[STATIC_PRIVATE] = row[INITIATOR_EPHEMERAL];
    assertNull(responder(row, row[PSK], row[PROLOGUE]).read(message, 0, message.length));
  }

  @Test
  void shouldGoOnAfterAForgedAnswer() {
    String[] row = Recording.cases("handshakes.txt").getFirst();
    NetHandshake initiator = initiator(row);
    initiator.writeDirect();
    byte[] forged = hex(row[MESSAGE2]);
    forged[40] ^= 1;

    assertNull(initiator.read(forged, 0, forged.length));
    assertThrows(IllegalStateException.class, initiator::keys);
    forged[40] ^= 1;
    assertNotNull(initiator.read(forged, 0, forged.length));
    assertEquals(Long.parseUnsignedLong(row[SESSION_ID]), initiator.keys().sessionId());
  }

  @Test
  void shouldRefuseMutatedMessages() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    String[] row = Recording.cases("handshakes.txt").getFirst();
    byte[] good = hex(row[MESSAGE1]);
    NetHandshake responder = responder(row, row[PSK], row[PROLOGUE]);
    for (int i = 0; i < Suite.costlyInputs(); i++) {
      byte[] input = Suite.mutate(random, good, 80);
      boolean altered = !Arrays.equals(input, good);
      // The top bit of a public key is ignored by X25519, but not by the hash.
      assertEquals(altered, responder.read(input, 0, input.length) == null, "seed " + seed);
      if (!altered) {
        responder = responder(row, row[PSK], row[PROLOGUE]);
      }
    }
  }

  private static NetHandshake initiator(String[] row) {
    SecureRandom random = new ScriptedRandom(row[INITIATOR_EPHEMERAL]);
    NodeSecrets secrets = NodeSecrets.of(hex(row[PSK]), new byte[32], random);
    return NetHandshake.initiator(secrets, hex(row[STATIC_PUBLIC]), hex(row[PROLOGUE]));
  }

  private static NetHandshake responder(String[] row, String psk, String prologue) {
    SecureRandom random = new ScriptedRandom(row[RESPONDER_EPHEMERAL]);
    NodeSecrets secrets = NodeSecrets.of(hex(psk), hex(row[STATIC_PRIVATE]), random);
    return NetHandshake.responder(secrets, hex(prologue));
  }
}
