// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossNode;
import io.lichen.node.lines.BadLineException;
import io.lichen.node.lines.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Publishes each line that a person types to the first channel. */
final class PlainSession {
  private final MossNode node;
  private final List<String> channels;
  private final PlainPrinter printer;

  PlainSession(MossNode node, List<String> channels, PlainPrinter printer) {
    this.node = node;
    this.channels = channels;
    this.printer = printer;
  }

  /** Returns when the input ends. */
  void run(InputStream in) throws IOException {
    LineReader reader = new LineReader(in, node.maxPublishBytes());
    while (true) {
      try {
        byte[] line = reader.next();
        if (line == null) {
          return;
        }
        publish(line);
      } catch (BadLineException e) {
        printer.note("not published: " + e.getMessage());
      }
    }
  }

  private void publish(byte[] line) {
    if (channels.isEmpty()) {
      printer.note("not published: no channel; give one with --subscribe or --durable");
      return;
    }
    try {
      node.publish(channels.getFirst(), line);
    } catch (MossException e) {
      printer.note("not published: " + e.getMessage());
    }
  }
}
