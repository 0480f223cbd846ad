// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.delivery;

import java.util.concurrent.atomic.LongAdder;

/** What becomes of what receivers are offered. */
public final class DeliveryCounters {
  /** Given to receivers; each counts. */
  public final LongAdder delivered = new LongAdder();

  /** Made room for later ones. */
  public final LongAdder droppedOldest = new LongAdder();

  /** Found no room. */
  public final LongAdder droppedNewest = new LongAdder();

  /** Found no room although the receiver gives nothing up: its sender kept to no window. */
  public final LongAdder droppedBlocked = new LongAdder();

  /** Waited when their receiver, or the node, ended. */
  public final LongAdder droppedAtEnd = new LongAdder();

  /** Found no receiver. */
  public final LongAdder unclaimed = new LongAdder();

  /** All that were dropped. */
  public long dropped() {
    return droppedOldest.sum()
        + droppedNewest.sum()
        + droppedBlocked.sum()
        + droppedAtEnd.sum()
        + unclaimed.sum();
  }
}
