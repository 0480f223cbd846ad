// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.core.moss.MossMessage;
import io.lichen.crypto.PeerId;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class PlainPrinterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PlainPrinter printer =
      new PlainPrinter(out, new PrintStream(OutputStream.nullOutputStream(), true, UTF_8));

  @Test
  void shouldPrintChannelSenderAndText() {
    PeerId sender = PeerId.parse("ab".repeat(32));
    printer.message(new MossMessage("grove", "talk", sender, "grüß dich".getBytes(UTF_8)));
    assertEquals("[talk] abababab: grüß dich" + System.lineSeparator(), out.toString(UTF_8));
  }

  @Test
  void shouldNotLetAMessageSteerTheTerminal() {
    printer.message(new MossMessage("grove", "a\nb", null, "\033[2J\u202e\u0007x".getBytes(UTF_8)));
    assertEquals(
        "[a\\u000ab] ?: \\u001b[2J\\u202e\\u0007x" + System.lineSeparator(), out.toString(UTF_8));
  }
}
