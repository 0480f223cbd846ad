// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.ChannelName;
import io.lichen.redex.replica.BandwidthClass;
import io.lichen.redex.replica.ReplicaRole;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The native's messages; conformance-tests holds them against all of its recordings. */
class SyncMessagesTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] LOG = ChannelName.of("a").logId();
  private static final String LOG_HEX =
      "6676a3818098c8398223c79a28746ff09e0e9b5b43765cfde7fc23b2bba855eb";

  private static byte[] octets(String prefix, String rest) {
    return HEX.parseHex(prefix + LOG_HEX + rest);
  }

  @Test
  void shouldWriteWhatTheNativeWrites() {
    assertArrayEquals(
        octets("000e20", "4d0000000000000000000200090706050403020101"),
        new SyncRequest(LOG, 77, 131_072, 72623859790382857L, BandwidthClass.BACKGROUND).encode());
    assertArrayEquals(
        octets(
            "000e21",
            "0500000000000000000000000000000005000000000000000200000005000000000000000100000061"
                + "060000000000000000000000"),
        new SyncResponse(
                LOG,
                5,
                0,
                5,
                List.of(
                    new SyncResponse.Event(5, new byte[] {0x61}),
                    new SyncResponse.Event(6, new byte[0])))
            .encode());
    assertArrayEquals(
        octets("000e22", "0300000000000000010168e5cf8b010000"),
        new SyncHeartbeat(LOG, 3, ReplicaRole.REPLICA, 1_700_000_000_001L).encode());
    assertArrayEquals(
        octets("000e23", "010000000000000002280000000000000" + "00c00000000000000050062656c6f77"),
        new SyncNack(LOG, 1, SyncNack.Code.BAD_RANGE, 40, 12, "below").encode());
  }

  @Test
  void shouldCutLongDetailBetweenCharacters() throws SyncFault {
    String detail = "x" + "ż".repeat(40_000);
    byte[] message = new SyncNack(LOG, 1, SyncNack.Code.NOT_LEADER, 0, 2, detail).encode();
    String read = SyncNack.decode(ByteBuffer.wrap(message)).detail();
    assertEquals(65_535, read.getBytes(StandardCharsets.UTF_8).length);
    assertTrue(detail.startsWith(read));
  }

  @Test
  void shouldSayWhyAMessageCannotBeRead() {
    byte[] heartbeat = new SyncHeartbeat(LOG, 1, ReplicaRole.LEADER, 2).encode();
    SyncFault cut = fault(Arrays.copyOf(heartbeat, 51));
    assertEquals(SyncFault.Reason.TRUNCATED, cut.reason());
    assertEquals(51, cut.got());
    assertEquals(52, cut.expected());
    heartbeat[43] = 4;
    assertEquals(SyncFault.Reason.BAD_ROLE, fault(heartbeat).reason());
    heartbeat[2] = 0x21;
    assertEquals(SyncFault.Reason.DISPATCH_MISMATCH, fault(heartbeat).reason());
    heartbeat[0] = 1;
    assertEquals(0x0E01, fault(heartbeat).got());
  }

  private static SyncFault fault(byte[] heartbeat) {
    return assertThrows(SyncFault.class, () -> SyncHeartbeat.decode(ByteBuffer.wrap(heartbeat)));
  }

  @Test
  void shouldReadOrRefuseWhateverComes() {
    Mutations.check(
        List.of(
            new SyncRequest(LOG, 7, 8041, 9, BandwidthClass.FOREGROUND).encode(),
            new SyncResponse(LOG, 1, 0, 2, List.of(new SyncResponse.Event(1, new byte[30])))
                .encode(),
            new SyncHeartbeat(LOG, 1, ReplicaRole.IDLE, 2).encode(),
            new SyncNack(LOG, 1, SyncNack.Code.CHANNEL_CLOSED, 0, 2, "why").encode()),
        List.of(
            // A class that is missing or unknown is read as the one that it means.
            in -> Arrays.copyOf(SyncRequest.decode(in).encode(), 55),
            in -> SyncResponse.decode(in).encode(),
            in -> SyncHeartbeat.decode(in).encode(),
            in -> SyncNack.decode(in).encode()));
  }
}
