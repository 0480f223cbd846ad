// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.redex;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;

/**
 * How a node keeps a log. Immutable.
 *
 * @param log how it is kept here
 */
public record LogConfig(RedexConfig log) {
  /** In memory, everything kept, on this node alone: upstream's defaults. */
  public static LogConfig defaults() {
    return new LogConfig(RedexConfig.inMemory());
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
}
