// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

/**
 * How a log is kept. Immutable.
 *
 * @param persistent whether on disk; else in memory, for as long as its manager lives
 * @param durability when it is forced to the disk; means nothing in memory
 * @param retention what a sweep leaves
 */
public record RedexConfig(boolean persistent, Durability durability, Retention retention) {
  /** In memory, everything kept. */
  public static RedexConfig inMemory() {
    return new RedexConfig(false, new Durability.Never(), Retention.ALL);
  }

  /** On disk, forced only on demand, everything kept: upstream's defaults. */
  public static RedexConfig onDisk() {
    return new RedexConfig(true, new Durability.Never(), Retention.ALL);
  }

  /** With another durability. */
  public RedexConfig withDurability(Durability value) {
    return new RedexConfig(persistent, value, retention);
  }

  /** With another retention. */
  public RedexConfig withRetention(Retention value) {
    return new RedexConfig(persistent, durability, value);
  }
}
