// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import org.jspecify.annotations.Nullable;

/** The text of one server-sent event. */
final class EventText {
  private EventText() {}

  static String of(@Nullable String id, @Nullable String event, String data) {
    StringBuilder text = new StringBuilder(data.length() + 32);
    line(text, "id: ", id);
    line(text, "event: ", event);
    // Clients put the lines together again.
    data.replace("\r\n", "\n")
        .replace('\r', '\n')
        .lines()
        .forEach(line -> text.append("data: ").append(line).append('\n'));
    if (data.isEmpty() || data.endsWith("\n") || data.endsWith("\r")) {
      text.append("data: \n");
    }
    return text.append('\n').toString();
  }

  /** What has no line ends can not add a line. */
  private static void line(StringBuilder text, String name, @Nullable String value) {
    if (value != null) {
      text.append(name).append(value.replaceAll("[\r\n\0]", "")).append('\n');
    }
  }
}
