// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.redex;

import io.lichen.redex.RedexRecord;
import java.io.PrintStream;
import java.util.HexFormat;

/** Prints records: their payloads as lines, or JSON. */
final class RecordPrinter {
  private static final int CHECKSUM_DIGITS = 8;

  private final PrintStream out;
  private final boolean json;

  RecordPrinter(PrintStream out, boolean json) {
    this.out = out;
    this.json = json;
  }

  void print(RedexRecord record) {
    if (json) {
      out.println(line(record));
    } else {
      out.writeBytes(record.payload());
      out.println();
    }
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
