// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

/** How far a reader that follows a log has come. Thread-safe. */
public interface RedexProgress {
  /** The number of the record that comes next, if it is there. */
  long position();

  /** Records that are there and were not handed out yet; 0 for one that is ahead. */
  long lag();

  /** Numbers that went by unread, because their records were evicted, since the beginning. */
  long missed();

  /**
   * Whether the record with this number was forced to the disk; in memory whether it was appended.
   * A reader sees records before they are: under {@link Durability.BatchSync} even one whose append
   * fails in the end.
   */
  boolean isDurable(long seq);
}
