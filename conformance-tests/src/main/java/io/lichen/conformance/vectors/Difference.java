// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A place in which two trees differ.
 *
 * @param at where
 * @param expected what stands there in the one, a missing node for nothing
 * @param actual what stands there in the other, likewise
 */
public record Difference(JsonPointer at, JsonNode expected, JsonNode actual) {

  /** All leaves in which the trees differ; numbers are compared by value. */
  public static List<Difference> between(JsonNode expected, JsonNode actual) {
    List<Difference> differences = new ArrayList<>();
    collect(JsonPointer.empty(), expected, actual, differences);
    return differences;
  }

  /** The places of all leaves; empty containers count as leaves. */
  public static List<JsonPointer> leaves(JsonNode tree) {
    return between(tree, MissingNode.getInstance()).stream().map(Difference::at).toList();
  }

  @Override
  public String toString() {
    return at + ": expected " + shown(expected) + ", was " + shown(actual);
  }

  private static void collect(
      JsonPointer at, JsonNode expected, JsonNode actual, List<Difference> differences) {
    boolean filled = expected.size() + actual.size() > 0;
    if (filled && isOrMissing(expected, actual, JsonNode::isObject)) {
      for (String name : names(expected, actual)) {
        collect(at.appendProperty(name), expected.path(name), actual.path(name), differences);
      }
    } else if (filled && isOrMissing(expected, actual, JsonNode::isArray)) {
      for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
        collect(at.appendIndex(i), expected.path(i), actual.path(i), differences);
      }
    } else if (!isSame(expected, actual)) {
      differences.add(new Difference(at, expected, actual));
    }
  }

  private static boolean isOrMissing(
      JsonNode a, JsonNode b, java.util.function.Predicate<JsonNode> shape) {
    return (shape.test(a) && (shape.test(b) || b.isMissingNode()))
        || (shape.test(b) && a.isMissingNode());
  }

  private static boolean isSame(JsonNode a, JsonNode b) {
    return (a.isNumber() && b.isNumber())
        ? a.decimalValue().compareTo(b.decimalValue()) == 0
        : a.equals(b);
  }

  private static Set<String> names(JsonNode a, JsonNode b) {
    Set<String> names = new TreeSet<>();
    a.fieldNames().forEachRemaining(names::add);
    b.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String shown(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.toString();
  }
}
