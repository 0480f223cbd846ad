// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.work;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;

/** Where a node is between its making and its end; changed by start and stop, read everywhere. */
public final class NodeLife {
  private enum Stage {
    NEW,
    RUNNING,
    STOPPED
  }

  private volatile Stage stage = Stage.NEW;

  /**
   * Does nothing as long as the node can be started.
   *
   * @throws MossException {@link MossError#ALREADY_STARTED} or {@link MossError#INVALID_HANDLE}
   */
  public void requireNew() {
    if (stage == Stage.RUNNING) {
      throw new MossException(MossError.ALREADY_STARTED, "the node is running");
    }
    requireNotStopped();
  }

  /**
   * Does nothing before the node's stop.
   *
   * @throws MossException {@link MossError#INVALID_HANDLE} afterwards
   */
  public void requireNotStopped() {
    if (stage == Stage.STOPPED) {
      throw new MossException(
          MossError.INVALID_HANDLE, "the node was stopped: a stopped node stays stopped");
    }
  }

  /** Whether the node runs. */
  public boolean isRunning() {
    return stage == Stage.RUNNING;
  }

  /** It runs from now on. */
  public void started() {
    stage = Stage.RUNNING;
  }

  /** It runs no longer; answers whether it did. A node that was never started stays new. */
  public boolean stopped() {
    boolean ran = stage == Stage.RUNNING;
    if (ran) {
      stage = Stage.STOPPED;
    }
    return ran;
  }
}
