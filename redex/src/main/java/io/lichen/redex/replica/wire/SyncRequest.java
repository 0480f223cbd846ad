// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.wire;

import io.lichen.redex.replica.BandwidthClass;
import java.nio.ByteBuffer;

/**
 * A replica asks for records.
 *
 * @param logId the log
 * @param sinceSeq the first record wanted, unsigned
 * @param chunkMax octets of records with 12 for each, unsigned; 0: as many as there may be
 * @param requestId to be echoed; must not be guessed
 * @param bandwidthClass how urgently
 */
public record SyncRequest(
    byte[] logId, long sinceSeq, int chunkMax, long requestId, BandwidthClass bandwidthClass) {
  public static final int TYPE = 0x20;

  private static final int BYTES = 56;
  private static final int BYTES_WITHOUT_CLASS = 55;
  private static final BandwidthClass[] CLASSES = BandwidthClass.values();

  /** The message. */
  public byte[] encode() {
    return SyncHeader.begin(TYPE, logId, BYTES)
        .putLong(sinceSeq)
        .putInt(chunkMax)
        .putLong(requestId)
        .put((byte) bandwidthClass.code())
        .array();
  }

  /** Reads a message; a class that is missing or unknown is {@link BandwidthClass#FOREGROUND}. */
  public static SyncRequest decode(ByteBuffer message) throws SyncFault {
    ByteBuffer in = SyncHeader.open(message, TYPE, BYTES_WITHOUT_CLASS);
    byte[] logId = SyncHeader.logId(in);
    long sinceSeq = in.getLong();
    int chunkMax = in.getInt();
    long requestId = in.getLong();
    int code = in.hasRemaining() ? Byte.toUnsignedInt(in.get()) : 0;
    return new SyncRequest(
        logId,
        sinceSeq,
        chunkMax,
        requestId,
        code < CLASSES.length ? CLASSES[code] : BandwidthClass.FOREGROUND);
  }
}
