// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Levels that nothing is logged by. */
final class KeptLevels implements LogLevels {
  private final Map<String, String> levels = new ConcurrentHashMap<>();

  @Override
  public String level(String logger) {
    return levels.getOrDefault(logger, "WARN");
  }

  @Override
  public void setLevel(String logger, String level) {
    levels.put(logger, level);
  }
}
