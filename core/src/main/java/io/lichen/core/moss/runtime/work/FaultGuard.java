// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.work;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a fault in one piece of work on the node's loop from ending the node: counted and logged.
 */
public final class FaultGuard {
  private static final Logger LOG = LoggerFactory.getLogger(FaultGuard.class);

  private final NodeCounters counters;

  public FaultGuard(NodeCounters counters) {
    this.counters = counters;
  }

  /** Does it. */
  void guard(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      report(e);
    }
  }

  /** Does it and answers its result, or this if it failed. */
  boolean guard(Supplier<Boolean> work, boolean onFault) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      report(e);
      return onFault;
    }
  }

  /** One has been caught. */
  public void report(RuntimeException e) {
    counters.loopFaults.increment();
    LOG.error("A fault on the node's loop", e);
  }
}
