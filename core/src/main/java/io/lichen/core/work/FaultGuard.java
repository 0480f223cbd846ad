// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.work;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a fault in one piece of work on the node's loop from ending the node: counted and logged.
 */
public final class FaultGuard {
  private static final Logger LOG = LoggerFactory.getLogger(FaultGuard.class);

  private final LongAdder faults;

  /**
   * Makes one.
   *
   * @param faults counts what was caught
   */
  public FaultGuard(LongAdder faults) {
    this.faults = faults;
  }

  /** Does it. */
  public void guard(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      report(e);
    }
  }

  /** Does it and answers its result, or this if it failed. */
  public boolean guard(Supplier<Boolean> work, boolean onFault) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      report(e);
      return onFault;
    }
  }

  /** One has been caught. */
  public void report(RuntimeException e) {
    faults.increment();
    LOG.error("A fault on the node's loop", e);
  }
}
