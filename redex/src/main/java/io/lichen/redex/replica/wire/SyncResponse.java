// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A leader answers with records.
 *
 * @param logId the log
 * @param firstSeq number of the first record, or the number asked for if there are none
 * @param leaderFirstSeq the first that the leader retains; 0 if it has none
 * @param requestId of the request
 * @param events the records
 */
public record SyncResponse(
    byte[] logId, long firstSeq, long leaderFirstSeq, long requestId, List<Event> events) {
  public static final int TYPE = 0x21;

  /** Octets of a message besides its records. */
  public static final int BASE_BYTES = 63;

  /** Octets of a record besides its payload. */
  public static final int EVENT_BYTES = 12;

  /**
   * A record.
   *
   * @param seq its number
   * @param payload its octets
   */
  public record Event(long seq, byte[] payload) {}

  /** Copies the list. */
  public SyncResponse {
    events = List.copyOf(events);
  }

  /** The message. */
  public byte[] encode() {
    int bytes = BASE_BYTES;
    for (Event event : events) {
      bytes += EVENT_BYTES + event.payload.length;
    }
    byte[] message = new byte[bytes];
    ByteBuffer out =
        SyncHeader.begin(TYPE, logId, message)
            .putLong(firstSeq)
            .putLong(leaderFirstSeq)
            .putLong(requestId)
            .putInt(events.size());
    for (Event event : events) {
      out.putLong(event.seq).putInt(event.payload.length).put(event.payload);
    }
    return message;
  }

  /** Reads a message. */
  public static SyncResponse decode(ByteBuffer message) throws SyncFault {
    ByteBuffer in = SyncHeader.open(message, TYPE, BASE_BYTES);
    byte[] logId = SyncHeader.logId(in);
    long firstSeq = in.getLong();
    long leaderFirstSeq = in.getLong();
    long requestId = in.getLong();
    long count = Integer.toUnsignedLong(in.getInt());
    List<Event> events = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      SyncHeader.require(in, EVENT_BYTES);
      long seq = in.getLong();
      long length = Integer.toUnsignedLong(in.getInt());
      SyncHeader.require(in, length);
      events.add(new Event(seq, SyncHeader.octets(in, (int) length)));
    }
    return new SyncResponse(logId, firstSeq, leaderFirstSeq, requestId, events);
  }
}
