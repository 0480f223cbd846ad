// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Events that can be told apart, in order.
 *
 * @param count how many
 * @param bytes the length of each, if its number needs no more
 */
record Numbered(int count, int bytes) {
  /** So many events, as short as their numbers allow. */
  static Numbered brief(int count) {
    return new Numbered(count, 0);
  }

  /** The payload of one of them. */
  byte[] event(int number) {
    return text(number).getBytes(StandardCharsets.UTF_8);
  }

  /** The payloads of some of them. */
  List<byte[]> events(int from, int to) {
    return IntStream.range(from, to).mapToObj(this::event).toList();
  }

  /** All payloads as text. */
  List<String> texts() {
    return IntStream.range(0, count).mapToObj(this::text).toList();
  }

  /** Where these payloads first differ from all, in order; empty if they don't. */
  String difference(List<String> texts) {
    return difference(texts(), texts);
  }

  /** Where two lists of payloads first differ, in few words; empty if they don't. */
  static String difference(List<String> expected, List<String> actual) {
    int at = 0;
    while (at < expected.size() && at < actual.size() && expected.get(at).equals(actual.get(at))) {
      at++;
    }
    return at == expected.size() && at == actual.size()
        ? ""
        : "at %d of %d: %s instead of %s, and %d in all"
            .formatted(at, expected.size(), name(actual, at), name(expected, at), actual.size());
  }

  private static String name(List<String> texts, int at) {
    return at < texts.size() ? texts.get(at).replaceFirst("\\.+$", "") : "nothing";
  }

  private String text(int number) {
    String name = "event " + number;
    return name + ".".repeat(Math.max(0, bytes - name.length()));
  }
}
