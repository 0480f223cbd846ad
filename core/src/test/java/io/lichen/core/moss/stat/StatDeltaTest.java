// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.stat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.core.json.Fuzz;
import io.lichen.core.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatDeltaTest {
  private static final String ID = "x/pXnGl6liZbeurgsOAxNoyoSJJEy74c8YpG6KXeLYs=";
  private static final String TEXT =
      "{\"epoch\":7,\"eid\":\""
          + ID
          + "\",\"metrics\":{\"bw_in\":1,\"bw_out\":2,\"degree\":3,\"nat\":\"public\",\"seq\":4}}";

  @Property
  void shouldReadBackWhatItWrote(
      @ForAll long epoch,
      @ForAll @Size(EpochId.BYTES) byte[] id,
      @ForAll long in,
      @ForAll long out,
      @ForAll int degree,
      @ForAll @AlphaChars String nat,
      @ForAll long sequence)
      throws JsonException {
    StatDelta delta =
        new StatDelta(epoch, EpochId.of(id), new StatMetrics(in, out, degree, nat, sequence));

    assertEquals(delta, StatDelta.decode(delta.encode()));
  }

  @Test
  void shouldReadAnyLetterCaseAndSkipWhatItDoesNotKnow() throws JsonException {
    StatDelta delta =
        decode(
            "{\"EPOCH\":6,\"epoch\":7,\"more\":[{}],\"Eid\":\""
                + ID
                + "\",\"metrics\":{\"BW_IN\":1},\"metrics\":{\"bw_out\":2,\"x\":null,\"seq\":null}}");

    assertEquals(7, delta.epoch());
    assertEquals(new StatMetrics(1, 2, 0, "", 0), delta.metrics());
  }

  @Test
  void shouldReadTheGreatestNumbers() throws JsonException {
    StatDelta delta =
        decode(
            "{\"epoch\":18446744073709551615,\"eid\":\""
                + ID
                + "\",\"metrics\":{\"degree\":4294967295}}");

    assertEquals(-1, delta.epoch());
    assertEquals(-1, delta.metrics().degree());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"epoch\":1}",
        "{\"eid\":\"AAAA\"}",
        "{\"eid\":\"" + ID + "\",\"epoch\":-1}",
        "{\"eid\":\"" + ID + "\",\"epoch\":1.5}",
        "{\"eid\":\"" + ID + "\",\"metrics\":[]}",
        "{\"eid\":\"" + ID + "\",\"metrics\":{\"degree\":4294967296}}",
        "{\"eid\":\"" + ID + "\",\"metrics\":{\"bw_in\":18446744073709551616}}",
        "{\"eid\":\"" + ID + "\",\"metrics\":{\"nat\":1}}",
        "{\"eid\":\"" + ID + "\"} x",
      })
  void shouldRefuseWhatTheNativesRefuse(String text) {
    assertThrows(JsonException.class, () -> decode(text));
  }

  @Test
  void shouldRefuseRandomInputInNoOtherWayThanWithItsException() {
    byte[] whole = TEXT.getBytes(StandardCharsets.UTF_8);
    byte[] octetArray =
        ("{\"epoch\":1,\"eid\":" + Arrays.toString(new byte[EpochId.BYTES]) + "}")
            .getBytes(StandardCharsets.UTF_8);

    Fuzz.run(
        List.of(whole, octetArray),
        input -> {
          StatDelta delta;
          try {
            delta = StatDelta.decode(input);
          } catch (JsonException e) {
            return;
          }
          assertEquals(delta, StatDelta.decode(delta.encode()));
        });
  }

  private static StatDelta decode(String text) throws JsonException {
    return StatDelta.decode(text.getBytes(StandardCharsets.UTF_8));
  }
}
