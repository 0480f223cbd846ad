// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.redex;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.replica.ReplicationConfig;
import org.jspecify.annotations.Nullable;

/**
 * How a node keeps a log. Immutable.
 *
 * @param log how it is kept here
 * @param replication how other nodes keep it, too; {@code null}: they do not
 */
public record LogConfig(RedexConfig log, @Nullable ReplicationConfig replication) {
  /** In memory, everything kept, on this node alone: upstream's defaults. */
  public static LogConfig defaults() {
    return new LogConfig(RedexConfig.inMemory(), null);
  }

  /**
   * Reads upstream's JSON (docs/config.md, "Logs of Net nodes").
   *
   * @throws NetException {@link NetError#INVALID_JSON} for what is no JSON, or of another type than
   *     its key wants
   * @throws RedexException {@link RedexError#CONFIG} for values that cannot be
   */
  public static LogConfig parse(String json) {
    return LogConfigReader.read(json);
  }

  /** Kept by other nodes as well. */
  public LogConfig withReplication(ReplicationConfig value) {
    return new LogConfig(log, value);
  }

  /**
   * How it is kept where there are no other nodes.
   *
   * @throws RedexException {@link RedexError#CONFIG} if it is to be replicated
   */
  public RedexConfig local() {
    if (replication != null) {
      throw new RedexException(RedexError.CONFIG, "the log is to be replicated, not opened alone");
    }
    return log;
  }
}
