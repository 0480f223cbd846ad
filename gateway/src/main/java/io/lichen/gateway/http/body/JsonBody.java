// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lichen.gateway.http.BodyException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * JSON that somebody sent, read strictly: one value, no name twice in an object, no field that the
 * class does not have. Limits beside the body's size: 100 levels, 100 digits in a number, 2^20
 * characters in a string, 1 000 in a name, and 200 000 tokens, as a tree of many small values takes
 * a hundred times the room of their text.
 */
public final class JsonBody {
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(100)
          .maxNumberLength(100)
          .maxStringLength(1 << 20)
          .maxNameLength(1000)
          .maxTokenCount(200_000)
          .build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().streamReadConstraints(LIMITS).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .build();

  private JsonBody() {}

  /**
   * The value in a text.
   *
   * @throws BodyException 400 when there is none, or it does not fit {@code type}
   */
  public static <T> T read(String text, Class<T> type) {
    T value;
    try {
      value = MAPPER.readValue(text, type);
    } catch (JsonMappingException e) {
      throw BodyException.invalid("The JSON does not fit" + field(e.getPath()) + ".");
    } catch (JsonProcessingException e) {
      throw BodyException.invalid("The body is not the JSON that is read here" + place(e) + ".");
    }
    if (value == null) {
      throw BodyException.invalid("The body is null.");
    }
    return value;
  }

  /** Not the library's own text, which names classes of this program. */
  private static String field(List<JsonMappingException.Reference> path) {
    String names =
        path.stream()
            .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
            .collect(Collectors.joining("."));
    return names.isEmpty() ? " what is expected" : " at '" + names + "'";
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : ": line %d, column %d"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }
}
