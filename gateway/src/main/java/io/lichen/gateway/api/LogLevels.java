// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

/**
 * The levels of this process's logs, whatever library writes them. Thread-safe. Levels are {@code
 * OFF}, {@code ERROR}, {@code WARN}, {@code INFO}, {@code DEBUG} and {@code TRACE}.
 */
public interface LogLevels {
  /**
   * The level that counts for a logger.
   *
   * @param logger its name; empty for all that have no level of their own
   */
  String level(String logger);

  /** Sets the level of a logger and of those below it that have none of their own. */
  void setLevel(String logger, String level);
}
