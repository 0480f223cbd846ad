// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.core.net.StreamEvent;
import io.lichen.node.lines.LineOutput;
import io.lichen.transport.net.StreamEnd;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class NetLineWriterTest {
  @Test
  void shouldSayWhyAStreamEnded() {
    assertEquals(
        "{\"type\":\"stream\",\"event\":\"ended\",\"peer\":\"18446744073709551615\",\"stream\":\"7\","
            + "\"reason\":\"reset_by_peer\"}\n",
        said(new StreamEvent.Ended(-1, 7, StreamEnd.RESET_BY_PEER)));
  }

  @Test
  void shouldSayWhatIsMissingOnAStream() {
    assertEquals(
        "{\"type\":\"stream\",\"event\":\"gap\",\"peer\":\"5\",\"stream\":\"18446744073709551614\","
            + "\"sequence\":\"40\",\"packets\":\"3\"}\n",
        said(new StreamEvent.Gap(5, -2, 40, 3)));
  }

  /** The line, behind the ready line before which nothing is said. */
  private static String said(StreamEvent event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (LineOutput out = new LineOutput(bytes, () -> {})) {
      out.ready(json -> {});
      new NetLineWriter(out).stream(event);
    }
    return bytes.toString(UTF_8).substring("{}\n".length());
  }
}
