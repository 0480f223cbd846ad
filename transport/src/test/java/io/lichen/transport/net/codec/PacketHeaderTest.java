// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.codec;

import static io.lichen.transport.net.Recording.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import io.lichen.transport.net.Recording;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketHeaderTest {
  private final PacketHeader header = new PacketHeader();

  @Test
  void shouldReadWhatTheReferenceWrote() {
    for (String[] row : Recording.cases("headers.txt")) {
      header.wrap(hex(row[1]), 0);

      assertEquals(row[0], String.valueOf(header.isValid()), row[1]);
      assertEquals(row[3], String.valueOf(header.flags()));
      assertEquals(row[7], String.valueOf(header.fragmentFlags()));
      assertEquals(row[8], String.valueOf(header.subprotocolId()));
      assertEquals(row[9], String.valueOf(header.channelHash()));
      assertEquals(row[10], Long.toUnsignedString(header.sessionId()));
      assertEquals(row[11], Long.toUnsignedString(header.streamId()));
      assertEquals(row[12], Long.toUnsignedString(header.sequence()));
      assertEquals(row[13], Long.toUnsignedString(header.originHash()));
      assertEquals(row[15], String.valueOf(header.fragmentId()));
      assertEquals(row[16], String.valueOf(header.fragmentOffset()));
      assertEquals(row[17], String.valueOf(header.payloadLength()));
      assertEquals(row[18], String.valueOf(header.eventCount()));
      assertEquals(LittleEndian.getLong(hex(row[19]), 4), header.counter());
    }
  }

  @Test
  void shouldWriteWhatTheReferenceWrote() {
    for (String[] row : Recording.cases("headers.txt")) {
      byte[] expected = hex(row[1]);
      // Nothing here sets priority, hops and subnet: they are zero in all packets of this wire.
      expected[4] = 0;
      expected[5] = 0;
      expected[6] = 0;
      LittleEndian.putInt(expected, 56, 0);
      byte[] nonce = hex(row[19]);
      byte[] written = new byte[PacketHeader.BYTES + 3];
      header
          .wrap(written, 3)
          .clear()
          .flags(Integer.parseInt(row[3]))
          .subprotocolId(Integer.parseInt(row[8]))
          .channelHash(Integer.parseInt(row[9]))
          .nonce(LittleEndian.getInt(nonce, 0), LittleEndian.getLong(nonce, 4))
          .sessionId(Long.parseUnsignedLong(row[10]))
          .stream(Long.parseUnsignedLong(row[11]), Long.parseUnsignedLong(row[12]))
          .originHash(Long.parseUnsignedLong(row[13]))
          .fragment(Integer.parseInt(row[7]), Integer.parseInt(row[15]), Integer.parseInt(row[16]))
          .payload(Integer.parseInt(row[17]), Integer.parseInt(row[18]));

      assertArrayEquals(expected, Arrays.copyOfRange(written, 3, written.length));
    }
  }

  @Test
  void shouldBindEverythingButNonceAndHopCount() {
    for (String[] row : Recording.cases("headers.txt")) {
      byte[] aad = new byte[PacketHeader.AAD_BYTES];
      header.wrap(hex(row[1]), 0).writeAad(aad, 0);

      assertArrayEquals(hex(row[2]), aad);
    }
  }

  @Test
  void shouldValidateAsTheReferenceDoes() {
    for (String[] row : Recording.cases("headers-decode.txt")) {
      byte[] bytes = hex(row[2]);
      boolean valid = bytes.length >= PacketHeader.BYTES && header.wrap(bytes, 0).isValid();

      assertEquals(row[1], String.valueOf(valid), row[0]);
    }
  }

  @Test
  void shouldRefuseToLookBeyondTheArray() {
    byte[] array = new byte[PacketHeader.BYTES];
    assertThrows(IndexOutOfBoundsException.class, () -> header.wrap(array, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> header.wrap(array, -1));
  }

  @Test
  void shouldNotTakeAnyMutatedHeaderForMoreThanAPacketHolds() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    byte[] good = hex(Recording.cases("headers-decode.txt").getFirst()[2]);
    byte[] aad = new byte[PacketHeader.AAD_BYTES];
    int valid = 0;
    for (int i = 0; i < Suite.inputs(); i++) {
      byte[] input = Suite.mutate(random, good, 80);
      if (input.length >= PacketHeader.BYTES && header.wrap(input, 0).isValid()) {
        valid++;
        header.writeAad(aad, 0);
        assertTrue(header.payloadLength() <= PacketHeader.MAX_PAYLOAD_BYTES, "seed " + seed);
        assertTrue(header.eventCount() <= PacketHeader.MAX_EVENTS, "seed " + seed);
      }
    }
    assertTrue(valid > 0 && valid < Suite.inputs(), valid + " of the inputs were valid");
  }
}
