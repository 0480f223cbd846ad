// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events, as a browser does. */
final class EventReader implements AutoCloseable {
  private final BufferedReader lines;

  /** An event; an id of "" is none. */
  record Event(String id, String name, String data) {}

  EventReader(InputStream in) {
    this.lines = new BufferedReader(new InputStreamReader(in, UTF_8));
  }

  /** The next event; waits for it. Null at the end of the stream. */
  @Nullable Event next() throws IOException {
    String id = "";
    String name = "message";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty() && !data.isEmpty()) {
        return new Event(id, name, data.toString());
      } else if (line.startsWith("id:")) {
        id = line.substring(3).strip();
      } else if (line.startsWith("event:")) {
        name = line.substring(6).strip();
      } else if (line.startsWith("data:")) {
        data.append(line.substring(5).strip());
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
