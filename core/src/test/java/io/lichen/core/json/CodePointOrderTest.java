// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of texts on both wires' sorted JSON and tags. */
final class CodePointOrderTest {
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "ab",
          "b",
          "\u00e9",
          "\ud7ff",
          "\ue000",
          "\uffff",
          "\ud800\udc00",
          "\udbff\udfff",
          "a\uffff",
          "a\ud800\udc00",
          "a\ud83d\ude00b",
          "a\ud83d\ude01");

  @Test
  void shouldBeTheOrderOfUtf8() {
    for (String left : TEXTS) {
      for (String right : TEXTS) {
        assertEquals(
            Integer.signum(Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8))),
            Integer.signum(CodePointOrder.INSTANCE.compare(left, right)),
            () ->
                "%s against %s"
                    .formatted(
                        left.codePoints().boxed().toList(), right.codePoints().boxed().toList()));
      }
    }
  }
}
