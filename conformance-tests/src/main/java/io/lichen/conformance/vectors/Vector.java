// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One recorded question with its answer.
 *
 * @param source the file it came from
 * @param format the shape of that file
 * @param kind what it is about; unique within a format
 * @param name which one of its kind
 * @param inputs the question; in a file that does not separate the two, the answer stands here too
 * @param expected the answer, empty in a file that does not separate the two
 */
public record Vector(
    String source, String format, String kind, String name, JsonNode inputs, ObjectNode expected) {

  /** The name under which states are declared: format and kind. */
  String qualifiedKind() {
    return format + "/" + kind;
  }
}
