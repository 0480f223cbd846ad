// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import java.util.Set;

/**
 * Something has happened after which what a node knows of its way out may be wrong.
 *
 * @param kinds what has happened
 * @param connected whether there is an address left that leads farther than this machine
 */
public record NetworkChange(Set<Kind> kinds, boolean connected) {
  /** What may happen. */
  public enum Kind {
    /** The machine has other addresses than before. */
    ADDRESSES,
    /** Its default routes are others. */
    ROUTES,
    /** It slept, or stood still for long: others have given it up meanwhile. */
    RESUMED,
    /** Servers see it elsewhere, though it has not moved. */
    EXTERNAL
  }

  /** Copies the set. */
  public NetworkChange {
    kinds = Set.copyOf(kinds);
  }
}
