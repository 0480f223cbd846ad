// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What is logged, and how; every command takes these options. */
final class LogSettings {
  /** How a line of the log looks. */
  enum Format {
    TEXT,
    JSON
  }

  /** How much is logged. */
  enum Threshold {
    OFF,
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }

  @Option(
      names = "--log-level",
      scope = ScopeType.INHERIT,
      paramLabel = "LEVEL",
      description = "error, warn (default), info, debug, trace or off. Logs go to stderr.")
  private @Nullable Threshold level;

  @Option(
      names = "--log-format",
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      description = "text (default), or json: one object a line.",
      defaultValue = "${env:LICHEN_LOG_FORMAT:-text}")
  private Format format = Format.TEXT;

  /** Makes it so; before anything is logged. */
  void apply() {
    if (level != null) {
      new LogbackLevels().setLevel("", level.name());
    }
    if (format == Format.JSON) {
      writeJson();
    }
  }

  private static void writeJson() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    if (root.getAppender("STDERR") instanceof ConsoleAppender<ILoggingEvent> appender) {
      appender.stop();
      appender.setEncoder(json(context));
      appender.start();
    }
  }

  private static JsonEncoder json(LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMDC(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }
}
