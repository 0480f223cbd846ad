// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.RedexRecord;
import io.lichen.redex.log.ReplicaLog;
import io.lichen.redex.replica.BandwidthClass;
import io.lichen.redex.replica.ReplicationLink;
import io.lichen.redex.replica.wire.SyncNack;
import io.lichen.redex.replica.wire.SyncRequest;
import io.lichen.redex.replica.wire.SyncResponse;
import java.util.Arrays;
import java.util.List;

/** What a leader answers to requests by upstream's rules, within what a packet carries. */
public final class CatchUpAnswers {
  private static final int CEILING_BYTES = 64 << 20;
  private static final int BACKGROUND_BYTES = 4 << 20;

  /** Octets of records that one message carries, with 12 for each. */
  static final int CHUNK_BYTES = ReplicationLink.MAX_MESSAGE_BYTES - SyncResponse.BASE_BYTES;

  private static final long END = -1;

  private final ReplicaLog log;
  private final byte[] logId;

  /** Answers from a log. */
  public CatchUpAnswers(ReplicaLog log, byte[] logId) {
    this.log = log;
    this.logId = logId;
  }

  /**
   * What was asked for.
   *
   * @throws Refusal if it is not there, or can be carried to nobody
   */
  public SyncResponse answer(SyncRequest request) throws Refusal {
    if (!Arrays.equals(request.logId(), logId)) {
      throw new Refusal(SyncNack.Code.CHANNEL_CLOSED, 0, "another log");
    }
    long since = request.sinceSeq();
    long leaderFirst = log.firstSeq().orElse(0);
    if (Long.compareUnsigned(since, log.nextSeq()) >= 0) {
      return new SyncResponse(logId, since, leaderFirst, request.requestId(), List.of());
    }
    List<RedexRecord> records = log.read(since, END, budget(request), SyncResponse.EVENT_BYTES);
    if (records.isEmpty()) {
      throw new Refusal(SyncNack.Code.BAD_RANGE, leaderFirst, "nothing of it is retained");
    }
    RedexRecord first = records.getFirst();
    if (first.payload().length > CHUNK_BYTES - SyncResponse.EVENT_BYTES) {
      // No replica can ever have it: one that skips it has the rest.
      throw new Refusal(SyncNack.Code.BAD_RANGE, first.seq() + 1, "too long to be carried");
    }
    return new SyncResponse(
        logId, first.seq(), leaderFirst, request.requestId(), consecutive(records));
  }

  private static int budget(SyncRequest request) {
    long asked = Integer.toUnsignedLong(request.chunkMax());
    long budget = asked == 0 || asked > CEILING_BYTES ? CEILING_BYTES : asked;
    if (request.bandwidthClass() == BandwidthClass.BACKGROUND) {
      budget = Math.min(budget, BACKGROUND_BYTES);
    }
    return (int) Math.min(budget, CHUNK_BYTES);
  }

  /** Replicas refuse a chunk with a gap; what follows one comes with the next request. */
  private static List<SyncResponse.Event> consecutive(List<RedexRecord> records) {
    long first = records.getFirst().seq();
    int count = 1;
    while (count < records.size() && records.get(count).seq() == first + count) {
      count++;
    }
    return records.subList(0, count).stream()
        .map(record -> new SyncResponse.Event(record.seq(), record.payload()))
        .toList();
  }

  /** The octets of records in a response, with 12 for each. */
  static long bytes(SyncResponse response) {
    return response.events().stream()
        .mapToLong(event -> SyncResponse.EVENT_BYTES + event.payload().length)
        .sum();
  }
}
