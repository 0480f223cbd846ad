// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.NetLogs;
import io.lichen.core.net.redex.LogConfig;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The logs of a node, as the application sees them. */
final class NodeLogs implements NetLogs {
  private final Redex manager;

  /**
   * Takes the directory, if there is one.
   *
   * @throws io.lichen.redex.RedexException {@code IO} if it cannot be used
   */
  NodeLogs(@Nullable Path directory) {
    this.manager = directory == null ? Redex.inMemory() : Redex.open(directory);
  }

  @Override
  public Redex manager() {
    return manager;
  }

  @Override
  public RedexFile open(String name, LogConfig config) {
    return manager.open(name, config.local());
  }

  /** Closes all of them. */
  void close() {
    manager.close();
  }
}
