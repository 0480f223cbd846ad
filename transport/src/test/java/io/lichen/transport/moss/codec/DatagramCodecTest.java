// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.ChaChaPoly;
import io.lichen.transport.Suite;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DatagramCodecTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] KEY = ObfuscatedDatagrams.key("moss/1", null);
  private static final String NONCE = "c37afa5f3db5a13f1a1362bb";
  private static final String PAD =
      "b787e4aa0d7e86bdc8c0d7fdd84f1ed9aef62d445cfa2b8b4a3d13ea3d3145c26bf95952" + "5f9db1e140e136";
  private static final String PAYLOAD =
      "01c8a7bd9917c42148b8b0dae9a9cebc1cf8978c5ecfcc2652f9b1c8a232965dac";
  private static final String DATAGRAM =
      "c37afa5f3db5a13f1a1362bbb59aef231304e6a202f2fa2637084664f3c4d91d0b1fa383"
          + "6691361d7acb54f1637b3f77e38f4e4f352b6f758ed9830fb11e3d9b3bb644adee70a8da"
          + "2ba999ee7409cde46ddf7916e596024cb7dfb997e04d1bc2fc3bd492b9dbfca7c55206";

  private final DatagramView view = new DatagramView();

  private static ObfuscatedDatagrams codec(int pad, boolean padSessionPackets) {
    return new ObfuscatedDatagrams(KEY, pad, padSessionPackets, new SecureRandom());
  }

  @Test
  void shouldDeriveRecordedKey() {
    assertEquals(
        "486bd6fe70f920ad95b7985dafb2e5c8afb5d371aecb52995613105af80a3b89", HEX.formatHex(KEY));
  }

  @Test
  void shouldSealRecordedDatagram() {
    byte[] payload = HEX.parseHex(PAYLOAD);
    byte[] pad = HEX.parseHex(PAD);
    byte[] out = new byte[1024];
    int length =
        codec(256, true)
            .seal(1, payload, 0, payload.length, HEX.parseHex(NONCE), pad, pad.length, out, 0);

    assertEquals(DATAGRAM, HEX.formatHex(out, 0, length));
  }

  @Test
  void shouldOpenRecordedDatagramAndNoneThatDiffersInOneBit() {
    byte[] datagram = HEX.parseHex(DATAGRAM);
    ObfuscatedDatagrams codec = codec(256, true);
    for (int bit = 0; bit < datagram.length * 8; bit++) {
      byte[] altered = datagram.clone();
      altered[bit / 8] ^= (byte) (1 << (bit % 8));
      assertFalse(codec.open(altered, 0, altered.length, view), "bit " + bit);
    }
    assertTrue(codec.open(datagram, 0, datagram.length, view));
    assertEquals(1, view.kind());
    assertEquals(PAYLOAD, HEX.formatHex(view.payload()));
  }

  @Test
  void shouldRefusePaddingLongerThanTheDatagram() {
    ObfuscatedDatagrams codec = codec(256, true);
    byte[] out = new byte[64];
    // A padding length of 5 where only 4 octets are: the pad array is cut short by hand.
    byte[] plain = {9, 0, 5, 1, 2, 3, 4};
    byte[] nonce = new byte[12];
    System.arraycopy(plain, 0, out, 12, plain.length);
    int sealed = new ChaChaPoly(KEY).seal(nonce, new byte[0], 0, 0, out, 12, plain.length, out, 12);

    assertFalse(codec.open(out, 0, 12 + sealed, view));
  }

  @Test
  void shouldPadWithinBoundsAndNeverBeyondTheLargestDatagram() {
    ObfuscatedDatagrams codec = codec(256, true);
    byte[] out = new byte[DatagramCodec.MAX_DATAGRAM_BYTES + codec.maxOverheadBytes()];
    boolean[] seen = new boolean[257];
    for (int i = 0; i < 20_000; i++) {
      int length = codec.seal(4, new byte[10], 0, 10, out, 0);
      seen[length - 10 - codec.overheadBytes()] = true;
    }
    for (int pad = 0; pad < seen.length; pad++) {
      assertTrue(seen[pad], "no padding of " + pad);
    }
    int most = DatagramCodec.MAX_DATAGRAM_BYTES - codec.overheadBytes();
    for (int size = most - 300; size <= most; size++) {
      int length = codec.seal(4, new byte[size], 0, size, out, 0);
      assertTrue(length <= DatagramCodec.MAX_DATAGRAM_BYTES, "size " + size);
      assertTrue(codec.open(out, 0, length, view));
      assertEquals(size, view.length());
    }
  }

  @Test
  void shouldLeaveSessionPacketsUnpaddedWhenToldSo() {
    ObfuscatedDatagrams codec = codec(256, false);
    byte[] out = new byte[1024];
    int longest = 0;
    for (int i = 0; i < 200; i++) {
      assertEquals(10 + codec.overheadBytes(), codec.seal(4, new byte[10], 0, 10, out, 0));
      longest = Math.max(longest, codec.seal(1, new byte[10], 0, 10, out, 0));
    }
    assertTrue(longest > 10 + codec.overheadBytes());
  }

  @Test
  void shouldNeverRepeatNonce() {
    ObfuscatedDatagrams codec = codec(0, true);
    Set<String> nonces = new HashSet<>();
    byte[] out = new byte[64];
    for (int i = 0; i < 5_000; i++) {
      int length = codec.seal(4, new byte[1], 0, 1, out, 0);
      assertTrue(nonces.add(HEX.formatHex(out, 0, 12)), "after " + i + " of " + length);
    }
  }

  @Test
  void shouldWritePlainDatagramsOfEraA() {
    PlainDatagrams codec = new PlainDatagrams();
    byte[] out = new byte[8];
    int length = codec.seal(5, new byte[] {7, 8}, 0, 2, out, 1);

    assertArrayEquals(new byte[] {5, 7, 8}, Arrays.copyOfRange(out, 1, 1 + length));
    assertTrue(codec.open(out, 1, length, view));
    assertEquals(5, view.kind());
    assertArrayEquals(new byte[] {7, 8}, view.payload());
    assertFalse(codec.open(out, 0, 0, view));
  }

  @Test
  void shouldRefuseRandomAndMutatedDatagrams() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    ObfuscatedDatagrams codec = codec(0, true);
    byte[] good = HEX.parseHex(DATAGRAM);
    for (int i = 0; i < Suite.inputs(); i++) {
      byte[] input = Suite.mutate(random, good, 300);
      if (!Arrays.equals(input, good)) {
        assertFalse(codec.open(input, 0, input.length, view), "seed " + seed + " input " + i);
      }
    }
  }
}
