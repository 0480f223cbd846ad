// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a log's files hold, and what opening it would keep.
 *
 * @param name the log's
 * @param generation the live one
 * @param isNamed whether the manifest names it
 * @param otherGenerations those that opening removes
 * @param kept records that count
 * @param damaged what does not count, in the order of the index
 * @param firstSeq of the records that count
 * @param nextSeq the number that the next record gets
 * @param dataBytes octets of payloads, those of damaged records included
 * @param cutIndexBytes octets of the index that opening cuts off, room for more records left out
 * @param cutDataBytes octets of the data that no record names, room for more included
 * @param knowsTimes whether it is known when each record was appended
 */
public record RedexReport(
    String name,
    long generation,
    boolean isNamed,
    List<Long> otherGenerations,
    long kept,
    List<Damage> damaged,
    OptionalLong firstSeq,
    long nextSeq,
    long dataBytes,
    long cutIndexBytes,
    long cutDataBytes,
    boolean knowsTimes) {
  /** Copies the lists. */
  public RedexReport {
    otherGenerations = List.copyOf(otherGenerations);
    damaged = List.copyOf(damaged);
  }

  /** Whether opening the log would lose nothing. */
  public boolean isSound() {
    return damaged.isEmpty() && cutIndexBytes == 0;
  }

  /**
   * A record that does not count.
   *
   * @param position in the index, from 0
   * @param seq its number as it stands there, which may be wrong as well
   * @param reason why
   */
  public record Damage(long position, long seq, Reason reason) {}

  /** Why a record does not count. */
  public enum Reason {
    /**
     * Its payload, or all payloads after it, are not in the data; or its own beginning was lost.
     */
    TORN,
    /** Its checksum is wrong. */
    CHECKSUM,
    /** It follows a record whose number is not above the one before. */
    DISORDER
  }
}
