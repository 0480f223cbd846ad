// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.lichen.conformance.vectors.VectorCheck.Deviation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The rows of a recording in which Lichen decides otherwise than the natives, from a file. A row:
 * recording | place in it | member | recorded | ours | why; a member that is not there is {@code
 * -}.
 */
final class PolicyRows {
  private static final int COLUMNS = 6;
  private static final String NOTHING = "-";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One row. */
  record Row(
      String recording, String place, String member, JsonNode recorded, JsonNode ours, String why) {
    /** As an exception at this place of the answer. */
    Deviation at(String path) {
      return new Deviation(path, recorded, ours, why);
    }
  }

  private final List<Row> rows;

  /** Reads a resource. */
  PolicyRows(String file) {
    try (InputStream content = PolicyRows.class.getResourceAsStream(file)) {
      String text =
          new String(Objects.requireNonNull(content).readAllBytes(), StandardCharsets.UTF_8);
      this.rows =
          text.lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(line -> row(file, line))
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of one recording. */
  List<Row> of(String recording) {
    return rows.stream().filter(row -> row.recording().equals(recording)).toList();
  }

  private static Row row(String file, String line) {
    String[] row = line.split(" \\| ", -1);
    if (row.length != COLUMNS) {
      throw new IllegalStateException(file + ": not " + COLUMNS + " columns: " + line);
    }
    try {
      return new Row(row[0], row[1], row[2], value(row[3]), value(row[4]), row[5]);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(file + ": no JSON in " + line, e);
    }
  }

  private static JsonNode value(String text) throws JsonProcessingException {
    return text.equals(NOTHING) ? MissingNode.getInstance() : JSON.readTree(text);
  }
}
