// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.lichen.gateway.api.LogLevels;
import org.slf4j.LoggerFactory;

/** Levels of this program's logs. */
final class LogbackLevels implements LogLevels {
  @Override
  public String level(String logger) {
    return logger(logger).getEffectiveLevel().toString();
  }

  @Override
  public void setLevel(String logger, String level) {
    logger(logger).setLevel(Level.valueOf(level));
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name.isEmpty() ? Logger.ROOT_LOGGER_NAME : name);
  }
}
