// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.redex;

import io.lichen.core.topic.TopicMessage;
import io.lichen.redex.RedexRecord;
import java.io.PrintStream;
import java.util.HexFormat;
import java.util.function.Supplier;

/** Prints records: their payloads as lines, or JSON. */
final class RecordPrinter {
  private static final int CHECKSUM_DIGITS = 8;

  private final PrintStream out;
  private final boolean json;
  private final boolean topic;

  /**
   * Makes one.
   *
   * @param topic whether the records are those of a durable channel, of which the messages count
   */
  RecordPrinter(PrintStream out, boolean json, boolean topic) {
    this.out = out;
    this.json = json;
    this.topic = topic;
  }

  void print(RedexRecord record) {
    if (topic) {
      TopicMessage.of(record).ifPresent(message -> print(() -> line(message), message.data()));
    } else {
      print(() -> line(record), record.payload());
    }
  }

  private void print(Supplier<String> line, byte[] plain) {
    if (json) {
      out.println(line.get());
    } else {
      out.writeBytes(plain);
      out.println();
    }
  }

  private static String line(TopicMessage message) {
    return JsonLines.line(
        to -> {
          JsonLines.unsigned(to, "seq", message.offset());
          JsonLines.unsigned(to, "ts", message.appendedNs());
          to.writeNumberField("heard", message.heardMs());
          to.writeStringField("sender", HexFormat.of().formatHex(message.sender()));
          JsonLines.unsigned(to, "sequence", message.sequence());
          to.writeBinaryField("data", message.data());
        });
  }

  private static String line(RedexRecord record) {
    String checksum = HexFormat.of().toHexDigits(record.checksum(), CHECKSUM_DIGITS);
    return JsonLines.line(
        to -> {
          JsonLines.unsigned(to, "seq", record.seq());
          to.writeBooleanField("inline", record.inline());
          to.writeStringField("checksum", checksum);
          JsonLines.unsigned(to, "ts", record.unixNs());
          to.writeBinaryField("data", record.payload());
        });
  }

  /** Whether whoever reads has gone. */
  boolean isBroken() {
    return out.checkError();
  }
}
