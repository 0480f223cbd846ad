// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.crypto.Xxh3;
import io.lichen.redex.log.ReplicaLog;
import java.nio.ByteBuffer;

/** Digests of ranges of records: numbers, lengths and hashes of payloads. */
final class Digests {
  /** Records of a range at most. */
  static final int MOST_RECORDS = 4096;

  private static final int RECORD_BYTES = 3 * Long.BYTES;

  private Digests() {}

  /** The digest of what there is of a range; of its first {@link #MOST_RECORDS} at most. */
  static long of(ReplicaLog log, long from, long to) {
    byte[] octets = new byte[MOST_RECORDS * RECORD_BYTES];
    ByteBuffer out = ByteBuffer.wrap(octets);
    log.visit(
        from,
        to,
        (seq, payload) -> {
          out.putLong(seq).putLong(payload.byteSize());
          out.putLong(Xxh3.hash(payload, 0, payload.byteSize()));
          return out.hasRemaining();
        });
    return Xxh3.hash(octets, 0, out.position());
  }
}
