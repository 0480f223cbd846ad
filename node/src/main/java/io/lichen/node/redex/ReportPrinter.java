// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.redex;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lichen.redex.RedexReport;
import io.lichen.redex.RedexReport.Damage;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/** Prints what was found out about a log. */
final class ReportPrinter {
  private ReportPrinter() {}

  /** A line with what there is. */
  static void printInfo(PrintStream out, RedexReport report, boolean json) {
    if (json) {
      out.println(JsonLines.line(to -> writeInfo(to, report)));
    } else {
      out.println(info(report));
    }
  }

  /** What is damaged, a line each, and what would be kept. */
  static void printDamage(PrintStream out, RedexReport report, boolean json) {
    if (json) {
      out.println(JsonLines.line(to -> writeDamage(to, report)));
      return;
    }
    for (Damage damage : report.damaged()) {
      out.println(
          "record %d, number %s: %s"
              .formatted(damage.position(), Long.toUnsignedString(damage.seq()), reason(damage)));
    }
    if (report.cutIndexBytes() > 0) {
      out.println("the index would be cut by " + report.cutIndexBytes() + " octets");
    }
    out.println((report.isSound() ? "sound: " : "would keep: ") + info(report));
  }

  private static String reason(Damage damage) {
    return damage.reason().name().toLowerCase(Locale.ROOT);
  }

  private static String info(RedexReport report) {
    String first =
        report.firstSeq().isPresent()
            ? ", the first is " + Long.toUnsignedString(report.firstSeq().getAsLong())
            : "";
    return "%s: %d records%s, the next is %s, %d octets of payloads, generation %d"
        .formatted(
            report.name(),
            report.kept(),
            first,
            Long.toUnsignedString(report.nextSeq()),
            report.dataBytes(),
            report.generation());
  }

  private static void writeInfo(JsonGenerator to, RedexReport report) throws IOException {
    to.writeStringField("name", report.name());
    to.writeNumberField("records", report.kept());
    if (report.firstSeq().isPresent()) {
      JsonLines.unsigned(to, "firstSeq", report.firstSeq().getAsLong());
    }
    JsonLines.unsigned(to, "nextSeq", report.nextSeq());
    to.writeNumberField("dataBytes", report.dataBytes());
    to.writeNumberField("generation", report.generation());
  }

  private static void writeDamage(JsonGenerator to, RedexReport report) throws IOException {
    writeInfo(to, report);
    to.writeBooleanField("sound", report.isSound());
    to.writeNumberField("cutIndexBytes", report.cutIndexBytes());
    to.writeBooleanField("knowsTimes", report.knowsTimes());
    to.writeArrayFieldStart("damaged");
    for (Damage damage : report.damaged()) {
      to.writeStartObject();
      to.writeNumberField("position", damage.position());
      JsonLines.unsigned(to, "seq", damage.seq());
      to.writeStringField("reason", reason(damage));
      to.writeEndObject();
    }
    to.writeEndArray();
  }
}
