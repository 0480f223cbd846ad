// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.core.moss.MeshInfo;
import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.MossMessage;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Messages for a person, on stdout; everything else on stderr. What comes from the network cannot
 * steer the terminal: control characters are shown, not sent. Thread-safe.
 */
final class PlainPrinter {
  private static final int SHORT_ID = 8;

  private final PrintStream out;
  private final PrintStream err;

  PlainPrinter(OutputStream out, PrintStream err) {
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    this.err = err;
  }

  void ready(MeshInfo info, @Nullable String url) {
    err.println(
        "node " + info.publicKey() + " listens on port " + info.listenPort() + "; Ctrl-C stops it");
    if (url != null) {
      err.println("dashboard at " + url);
    }
  }

  void message(MossMessage message) {
    String sender = message.sender() == null ? "?" : message.sender().hex().substring(0, SHORT_ID);
    String text = new String(message.data(), StandardCharsets.UTF_8);
    out.println("[" + printable(message.channel()) + "] " + sender + ": " + printable(text));
  }

  void event(MossEvent event) {
    err.println("* " + event.type() + " " + printable(event.detail().toString()));
  }

  void note(String text) {
    err.println("! " + text);
  }

  /** The text with control and format characters written as {@code \\uXXXX}. */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                printable.append(String.format("\\u%04x", c));
              } else {
                printable.appendCodePoint(c);
              }
            });
    return printable.toString();
  }
}
