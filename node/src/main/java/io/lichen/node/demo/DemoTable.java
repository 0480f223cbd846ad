// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.demo;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The live table: drawn over itself on a terminal, printed anew now and then where there is none.
 */
final class DemoTable {
  private static final long REDRAW_NS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long REPRINT_NS = TimeUnit.SECONDS.toNanos(1);
  private static final String HEADER =
      String.format("%-10s%7s%8s%10s%12s%12s", "node", "peers", "sent", "received", "p50", "p99");

  private final PrintWriter out;
  private final boolean terminal;
  private long lastNs;
  private int drawnLines;

  DemoTable(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
    this.lastNs = System.nanoTime() - REPRINT_NS;
  }

  /** Shows the table if it is time for it. */
  void show(List<DemoNode> nodes) {
    if (System.nanoTime() - lastNs >= (terminal ? REDRAW_NS : REPRINT_NS)) {
      showLast(nodes);
    }
  }

  /** Shows the table. */
  void showLast(List<DemoNode> nodes) {
    lastNs = System.nanoTime();
    if (terminal && drawnLines > 0) {
      out.print("\033[" + drawnLines + "A\033[J");
    }
    out.println(HEADER);
    nodes.forEach(node -> out.println(row(node)));
    out.flush();
    drawnLines = nodes.size() + 1;
  }

  private static String row(DemoNode node) {
    return String.format(
        "%-10s%7d%8d%10d%12s%12s",
        node.name(),
        node.peers(),
        node.sent(),
        node.received(),
        milliseconds(node.latencyNs(0.50)),
        milliseconds(node.latencyNs(0.99)));
  }

  private static String milliseconds(long ns) {
    return String.format(Locale.ROOT, "%.2f ms", ns / 1e6);
  }
}
