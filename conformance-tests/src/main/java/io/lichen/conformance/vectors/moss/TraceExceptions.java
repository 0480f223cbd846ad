// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck.Deviation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The rows of gossip traces in which our engine decides otherwise than the natives. A row: trace |
 * number of the step | member | recorded | ours | why.
 */
final class TraceExceptions {
  private static final String FILE = "/policy/gossip-traces.txt";
  private static final int COLUMNS = 6;
  private static final String NOTHING = "-";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String[]> ROWS = read();

  private TraceExceptions() {}

  static List<Deviation> of(Vector vector) {
    List<Deviation> deviations = new ArrayList<>();
    for (String[] row : ROWS) {
      if (row[0].equals(vector.name())) {
        deviations.add(deviation(row));
      }
    }
    return deviations;
  }

  private static Deviation deviation(String[] row) {
    try {
      return new Deviation(
          "/steps/" + row[1] + "/expect/" + row[2], value(row[3]), value(row[4]), row[5]);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON in row " + String.join(" | ", row), e);
    }
  }

  private static JsonNode value(String text) throws JsonProcessingException {
    return text.equals(NOTHING) ? MissingNode.getInstance() : JSON.readTree(text);
  }

  private static List<String[]> read() {
    try (InputStream content = TraceExceptions.class.getResourceAsStream(FILE)) {
      String text =
          new String(Objects.requireNonNull(content).readAllBytes(), StandardCharsets.UTF_8);
      List<String[]> rows = new ArrayList<>();
      for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
        String[] row = line.split(" \\| ", -1);
        if (row.length != COLUMNS) {
          throw new IllegalStateException(FILE + ": not " + COLUMNS + " columns: " + line);
        }
        rows.add(row);
      }
      return List.copyOf(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
