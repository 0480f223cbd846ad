// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.work;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes work off a loop that would hold it up, and brings the result back to it. Called on that
 * loop.
 */
public interface Offload {
  /**
   * Runs the work elsewhere, then the continuation on the loop.
   *
   * @param work touches nothing that belongs to the loop
   * @param then gets the result; not called if the node stops first
   * @return whether there was room; if not, nothing is run
   */
  <T> boolean submit(Supplier<T> work, Consumer<T> then);
}
