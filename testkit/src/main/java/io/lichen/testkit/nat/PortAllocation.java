// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.nat;

/** Which external port a new mapping gets; the next higher free one if that is taken. */
public enum PortAllocation {
  /** The internal one. */
  PRESERVING,
  /** The one after that of the mapping before, whoever's that was. */
  SEQUENTIAL,
  /** Any. */
  RANDOM
}
