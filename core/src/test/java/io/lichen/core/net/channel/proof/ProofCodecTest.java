// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.json.Fuzz;
import io.lichen.core.net.channel.proof.ProofMessage.Challenge;
import io.lichen.core.net.channel.proof.ProofMessage.Proof;
import io.lichen.core.net.channel.proof.ProofMessage.Request;
import io.lichen.core.net.channel.proof.ProofMessage.Verdict;
import io.lichen.core.net.wire.NetWireException;
import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.entity.EntityKeyPair;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identity proof messages as the native prints and reads them. */
class ProofCodecTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String VERIFIER =
      "4d0ec3a0d03fefff93a9bcce2a24b406d46f44aeff1f7787daedb13caafa402c";
  private static final String CHALLENGE =
      "0910171e252c333a41484f565d646b727980878e959ca3aab1b8bfc6cdd4dbe2";
  private static final String SUBJECT =
      "e4030998cfd5ad1723c169f956aa0b9eb8619b5992bd612c2af428ebc79f8df0";
  private static final String SIGNATURE =
      "14c1eddc0fd3e6e413c30c5ea1d8751f8ae7179307750e4cfbb2262a91048a9d"
          + "9bd34fcc23a6c45c1bd1747f07110024d9402f1b576dd38c281aa33b77cf320a";
  private static final String ZEROS = "00".repeat(32);

  @Test
  void shouldProveAsTheNative() throws NetWireException {
    EntityKeyPair keys =
        EntityKeyPair.ofSeed(
            HEX.parseHex("01080f161d242b323940474e555c636a71787f868d949ba2a9b0b7bec5ccd3da"));
    byte[] challenge = HEX.parseHex(CHALLENGE);
    byte[] transcript =
        ProofCodec.transcript(
            EntityId.parse(VERIFIER),
            keys.id(),
            Long.parseUnsignedLong("11651590505119483672"),
            challenge);
    assertEquals(
        "6e65742d6964656e746974792d70726f6f662d7631"
            + VERIFIER
            + SUBJECT
            + "19ac7c64dc54d7eb1807f6e5d4c3b2a1"
            + CHALLENGE,
        HEX.formatHex(transcript));
    assertEquals(SIGNATURE, HEX.formatHex(keys.sign(transcript)));
    same(new Request(1), "000100000000000000");
    same(
        new Challenge(1, EntityId.parse(VERIFIER), challenge),
        "010100000000000000" + VERIFIER + CHALLENGE);
    same(
        new Proof(1, keys.id(), challenge, HEX.parseHex(SIGNATURE)),
        "020100000000000000" + SUBJECT + CHALLENGE + SIGNATURE);
    same(new Verdict(1, true, ProofReason.NONE), "0301000000000000000100");
    same(new Verdict(1, false, ProofReason.PIN_CONFLICT), "0301000000000000000006");
  }

  private static void same(ProofMessage message, String octets) throws NetWireException {
    assertEquals(octets, HEX.formatHex(ProofCodec.encode(message)));
    assertEquals(octets, HEX.formatHex(ProofCodec.encode(decode(HEX.parseHex(octets)))));
  }

  @Test
  void shouldTakeAcceptanceWithAReason() throws NetWireException {
    assertEquals(
        new Verdict(578437695752307201L, true, ProofReason.BUSY),
        decode(HEX.parseHex("0301020304050607080101")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00010203040506070800",
        "0001020304050607",
        "0301020304050607080200",
        "0301020304050607080007",
        "040102030405060708"
      })
  void shouldRefuseWhatTheNativeRefuses(String octets) {
    assertThrows(NetWireException.class, () -> decode(HEX.parseHex(octets)));
  }

  @Test
  void shouldRefuseOneOctetMoreOrLess() {
    for (String right :
        List.of(
            "010102030405060708" + ZEROS + ZEROS,
            "020102030405060708" + ZEROS + ZEROS + ZEROS + ZEROS)) {
      byte[] octets = HEX.parseHex(right);
      byte[] shorter = Arrays.copyOf(octets, octets.length - 1);
      byte[] longer = Arrays.copyOf(octets, octets.length + 1);
      assertThrows(NetWireException.class, () -> decode(shorter));
      assertThrows(NetWireException.class, () -> decode(longer));
    }
  }

  @Test
  void shouldSurviveWhateverPeersSend() {
    byte[] octets = new byte[ProofMessage.CHALLENGE_BYTES];
    EntityId entity = EntityId.of(octets);
    List<byte[]> right =
        List.of(
            ProofCodec.encode(new Request(5)),
            ProofCodec.encode(new Challenge(5, entity, octets)),
            ProofCodec.encode(new Proof(5, entity, octets, new byte[64])),
            ProofCodec.encode(new Verdict(5, false, ProofReason.BUSY)));
    int[] read = new int[1];
    Fuzz.run(
        right,
        input -> {
          try {
            assertArrayEquals(input, ProofCodec.encode(decode(input)));
            read[0]++;
          } catch (NetWireException e) {
            assertTrue(e.getStackTrace().length == 0, "a remote side pays for no stack trace");
          }
        });
    assertTrue(read[0] > 1000, "only " + read[0] + " inputs could be read");
  }

  private static ProofMessage decode(byte[] octets) throws NetWireException {
    return ProofCodec.decode(Unpooled.wrappedBuffer(octets));
  }
}
