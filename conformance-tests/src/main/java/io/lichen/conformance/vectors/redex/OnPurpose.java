// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.redex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lichen.conformance.vectors.VectorCheck.Deviation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Where Lichen keeps more than the native, or says more; see the resource. */
final class OnPurpose {
  private static final JsonNode ALL = all();

  private OnPurpose() {}

  /** The places in what stands under a name. */
  static List<Deviation> of(String name) {
    List<Deviation> deviations = new ArrayList<>();
    for (JsonNode each : ALL.path(name).isArray() ? ALL.path(name) : List.of(ALL.path(name))) {
      String reason = each.path("reason").asText();
      each.path("at")
          .properties()
          .forEach(
              at ->
                  deviations.add(
                      new Deviation(
                          at.getKey(),
                          at.getValue().path("recorded"),
                          at.getValue().path("ours"),
                          reason)));
    }
    return deviations;
  }

  private static JsonNode all() {
    try (InputStream content =
        Objects.requireNonNull(OnPurpose.class.getResourceAsStream("/policy/redex-logs.json"))) {
      return new ObjectMapper().readTree(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
