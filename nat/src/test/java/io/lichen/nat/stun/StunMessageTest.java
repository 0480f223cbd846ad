// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StunMessageTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final TransactionId ID = new TransactionId(0x00eebf3b, 0xa6901fefb410211aL);
  private static final InetSocketAddress V4 = new InetSocketAddress("203.0.113.7", 3478);
  private static final InetSocketAddress V6 = new InetSocketAddress("2001:db8::55", 5000);

  @Test
  void shouldWriteWhatLibmossWrites() {
    assertEquals(
        "000100082112a44200eebf3ba6901fefb410211a80280004305511bf",
        HEX.formatHex(StunWriter.of(StunKind.REQUEST, ID).datagram()));
    assertEquals(
        "010100142112a44200eebf3ba6901fefb410211a0020000800012c84ea12d54580280004661605d7",
        HEX.formatHex(StunWriter.of(StunKind.SUCCESS, ID).mappedAddress(V4).datagram()));
    assertEquals(
        "010100202112a44200eebf3ba6901fefb410211a002000140002329a0113a9fa00eebf3ba6901fefb410214f"
            + "8028000447d6f625",
        HEX.formatHex(StunWriter.of(StunKind.SUCCESS, ID).mappedAddress(V6).datagram()));
  }

  @Test
  void shouldReadBackWhatItWrote() {
    StunMessage read =
        read(
            StunWriter.of(StunKind.SUCCESS, ID)
                .mappedAddress(V6)
                .responseOrigin(V4)
                .otherAddress(V6)
                .datagram());
    assertEquals(StunKind.SUCCESS, read.kind());
    assertEquals(ID, read.transactionId());
    assertEquals(V6, read.mappedAddress());
    assertEquals(V4, read.responseOrigin());
    assertEquals(V6, read.otherAddress());
    assertTrue(read.isFingerprinted());
    assertEquals(OptionalInt.empty(), read.errorCode());
    assertEquals(
        OptionalInt.of(420),
        read(StunWriter.of(StunKind.ERROR, ID).errorCode(420).datagram()).errorCode());
  }

  @Test
  void shouldReadWhatIsToChange() {
    StunMessage both = read(StunWriter.of(StunKind.REQUEST, ID).changes(true, true).datagram());
    assertTrue(both.changesHost() && both.changesPort());
    StunMessage port = read(StunWriter.of(StunKind.REQUEST, ID).changes(false, true).datagram());
    assertTrue(!port.changesHost() && port.changesPort());
    StunMessage none = read(StunWriter.of(StunKind.REQUEST, ID).datagram());
    assertFalse(none.changesHost() || none.changesPort());
  }

  @Test
  void shouldNotReadAddressInClear() {
    StunMessage read =
        read(HEX.parseHex("0101000c2112a442f2aff4d6a9135f9c9d2a66d9000100080001005001020304"));
    assertNull(read.mappedAddress());
  }

  @Test
  void shouldTakeFirstOfSeveral() {
    StunMessage read =
        read(StunWriter.of(StunKind.SUCCESS, ID).mappedAddress(V4).mappedAddress(V6).datagram());
    assertEquals(V4, read.mappedAddress());
  }

  @Test
  void shouldRefuseWhatIsCutOrGoesOn() {
    byte[] good = StunWriter.of(StunKind.SUCCESS, ID).mappedAddress(V4).datagram();
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertEquals(Optional.empty(), StunMessage.read(cut), "cut to " + length);
    }
    assertFalse(StunMessage.isStun(Arrays.copyOf(good, good.length + 4)));
  }

  @Test
  void shouldSurviveAnyOctets() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] good = StunWriter.of(StunKind.SUCCESS, ID).mappedAddress(V4).otherAddress(V6).datagram();
    int read = 0;
    for (int round = 0; round < 100_000; round++) {
      byte[] mutated = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      Optional<StunMessage> message = StunMessage.read(mutated);
      if (message.isPresent()) {
        read++;
        message.get().mappedAddress();
        message.get().otherAddress();
        message.get().errorCode();
      }
    }
    assertTrue(read > 1000, "seed " + seed + ": only " + read + " were read");
  }

  @Test
  void shouldTellTransactionIdAsHex() {
    assertEquals("00eebf3ba6901fefb410211a", ID.toString());
    assertArrayEquals(
        HEX.parseHex(ID.toString()),
        Arrays.copyOfRange(
            StunWriter.of(StunKind.REQUEST, ID).datagram(),
            StunMessage.HEADER_BYTES - TransactionId.BYTES,
            StunMessage.HEADER_BYTES));
  }

  private static StunMessage read(byte[] datagram) {
    return StunMessage.read(datagram).orElseThrow();
  }
}
