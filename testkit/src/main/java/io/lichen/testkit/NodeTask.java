// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

import java.util.Objects;

/** A task that dies with the node that it belongs to. */
final class NodeTask implements Runnable {
  private final VirtualTime time;
  private final SimHost<?> host;
  private final int start;
  private final long periodNs;
  private final Runnable task;

  /** Makes a task of a node as it runs now; one that repeats unless the period is 0. */
  NodeTask(VirtualTime time, SimHost<?> host, long periodNs, Runnable task) {
    this.time = time;
    this.host = host;
    this.start = host.starts;
    this.periodNs = periodNs;
    this.task = Objects.requireNonNull(task);
  }

  @Override
  public void run() {
    if (isAlive()) {
      task.run();
      // The task itself may have crashed the node.
      if (periodNs > 0 && isAlive()) {
        time.schedule(periodNs, this);
      }
    }
  }

  private boolean isAlive() {
    return host.up && host.starts == start;
  }
}
