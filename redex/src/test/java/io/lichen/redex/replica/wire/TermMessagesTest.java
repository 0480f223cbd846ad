// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.crypto.ChannelName;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages between members that keep terms, as docs/wire/lichen-extensions.md writes them. */
class TermMessagesTest {
  private static final byte[] LOG = ChannelName.of("a").logId();
  private static final String LOG_HEX =
      "6676a3818098c8398223c79a28746ff09e0e9b5b43765cfde7fc23b2bba855eb";

  private final byte[] beat =
      new TermBeat(5, true, false, 7, 9, 1, 3, List.of(new TermStart(2, 0), new TermStart(5, 8)))
          .encode(LOG);
  private final byte[] append =
      new TermAppend(
              5,
              7,
              true,
              8,
              2,
              List.of(
                  new TermAppend.Piece(3, false, new byte[] {0x61}),
                  new TermAppend.Piece(8, true, new byte[8]),
                  new TermAppend.Piece(20, false, new byte[4])))
          .encode(LOG);
  private final byte[] ack = new TermAck(5, true, true, false, 9, 4, 8, 3).encode(LOG);
  private final byte[] vote = new TermVote(6, true, 5, 9).encode(LOG);
  private final byte[] voted = new TermVoted(5, true, true, 6).encode(LOG);
  private final byte[] hello = new TermHello(5, true).encode(LOG);
  private final byte[] digest = new TermDigest(5, true, 1, 9, -1).encode(LOG);

  private static void assertHex(String type, String term, String rest, byte[] message) {
    assertEquals(
        "000e" + type + LOG_HEX + "01" + term + "00000000000000" + rest,
        HexFormat.of().formatHex(message));
  }

  @Test
  void shouldWriteWhatThePageSays() {
    assertHex(
        "24",
        "05",
        "01"
            + "0700000000000000"
            + "0900000000000000"
            + "0100000000000000"
            + "0300000000000000"
            + "0200"
            + "02000000000000000000000000000000"
            + "05000000000000000800000000000000",
        beat);
    assertHex(
        "25",
        "05",
        "01"
            + "0700000000000000"
            + "0800000000000000"
            + "020000000300"
            + "030000000100000061"
            + "08000080080000000000000000000000"
            + "140000000400000000000000",
        append);
    assertHex(
        "26",
        "05",
        "03" + "0900000000000000" + "04000000" + "0800000000000000030000000000" + "0000",
        ack);
    assertHex("27", "06", "01" + "0500000000000000" + "0900000000000000", vote);
    assertHex("28", "05", "03" + "0600000000000000", voted);
    assertHex("29", "05", "01", hello);
    assertHex("2a", "05", "01" + "0100000000000000" + "0900000000000000" + "f".repeat(16), digest);
  }

  @Test
  void shouldRefuseWhatContradictsItself() {
    byte[] unordered =
        new TermBeat(5, true, false, 7, 9, 1, 3, List.of(new TermStart(5, 8), new TermStart(5, 8)))
            .encode(LOG);
    assertEquals(SyncFault.Reason.BAD_VALUE, beatFault(unordered).reason());
    byte[] beyond =
        new TermBeat(5, true, false, 7, 9, 1, 3, List.of(new TermStart(5, 10))).encode(LOG);
    assertEquals(SyncFault.Reason.BAD_VALUE, beatFault(beyond).reason());
    byte[] later = beat.clone();
    later[SyncHeader.BYTES] = 2;
    assertEquals(SyncFault.Reason.BAD_VERSION, beatFault(later).reason());
  }

  private static SyncFault beatFault(byte[] message) {
    return assertThrows(SyncFault.class, () -> TermBeat.decode(ByteBuffer.wrap(message)));
  }

  @Test
  void shouldReadOrRefuseWhateverComes() {
    Mutations.check(
        List.of(beat, append),
        List.of(
            in -> masked(TermBeat.decode(in).encode(LOG), in),
            in -> masked(TermAppend.decode(in).encode(LOG), in)));
    Mutations.check(
        List.of(ack, vote, voted, hello, digest),
        List.of(
            in -> masked(TermAck.decode(in).encode(LOG), in),
            in -> masked(TermVote.decode(in).encode(LOG), in),
            in -> masked(TermVoted.decode(in).encode(LOG), in),
            in -> masked(TermHello.decode(in).encode(LOG), in),
            in -> masked(TermDigest.decode(in).encode(LOG), in)));
  }

  /** The log's name is not read again, and flags without a meaning are not written again. */
  private static byte[] masked(byte[] again, ByteBuffer in) {
    in.get(SyncHeader.PREFIX_BYTES, again, SyncHeader.PREFIX_BYTES, SyncHeader.LOG_ID_BYTES);
    again[TermHeader.BYTES] = in.get(TermHeader.BYTES);
    return again;
  }
}
