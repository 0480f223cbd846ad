// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.json.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventFilterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"path":"a.b","value":1} | {"a":{"b":1}} | true
          {"path":"a.b","value":1} | {"a":{"b":1.0}} | false
          {"path":"a.0","value":"x"} | {"a":["x"]} | true
          {"path":"a.-0","value":"x"} | {"a":["x"]} | false
          {"path":"a.1","value":"x"} | {"a":["x"]} | false
          {"path":"a.+1","value":"y"} | {"a":["x","y"]} | true
          {"path":"","value":{"a":1,"b":2}} | {"b":2,"a":1} | true
          {"path":"a..b","value":1} | {"a":{"":{"b":1}}} | true
          {"path":"a.b.c","value":null} | {"a":{"b":1}} | false
          {"path":"a","value":null} | {} | false
          {"$and":[]} | {} | false
          {"$or":[]} | {} | false
          {"$not":{"$or":[]}} | {} | true
          {"$not":{"$or":[]}} | not json | false
          {"$or":[{"path":"a","value":1},{"path":"b","value":1}]} | {"b":1} | true
          {"$and":[{"path":"a","value":1},{"path":"b","value":1}]} | {"b":1} | false
          {"$eq":{"path":"k","value":null}} | {"k":null} | true
          {"$and":7,"path":"a","value":1} | {"a":1} | true
          {"extra":0,"path":"a","value":18446744073709551615} | {"a":18446744073709551615} | true
          """)
  void shouldMatchAsTheNativeDoes(String filter, String event, boolean matches) {
    assertEquals(matches, EventFilter.parse(filter).matches(event));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"path\":\"a\",\"value\":1}",
        "{\"$eq\":{\"path\":\"a\",\"value\":{\"x\":[1.0,null]}}}",
        "{\"$and\":[{\"$not\":{\"$or\":[]}},{\"path\":\"\",\"value\":\"q\\\"\"}]}"
      })
  void shouldWriteTheFormThatItRead(String json) {
    assertEquals(json, EventFilter.parse(json).toJson());
    assertEquals(EventFilter.parse(json), EventFilter.parse(EventFilter.parse(json).toJson()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "nope",
        "{\"path\":\"a\"}",
        "{\"path\":1,\"value\":1}",
        "{\"$xor\":[]}",
        "{\"$and\":[{}]}",
        "{\"$not\":1}",
        "{\"$eq\":{\"path\":\"a\"}}"
      })
  void shouldRefuseOtherForms(String json) {
    EventBusException e = assertThrows(EventBusException.class, () -> EventFilter.parse(json));
    assertEquals(EventBusError.INVALID_JSON, e.error());
  }

  @Test
  void shouldBeBuiltInCode() {
    EventFilter filter =
        EventFilter.and(
            EventFilter.equal("a", "{ \"y\":1, \"x\":2 }"),
            EventFilter.not(EventFilter.or(EventFilter.equal("b", "true"))));

    assertEquals(
        "{\"$and\":[{\"path\":\"a\",\"value\":{\"x\":2,\"y\":1}},"
            + "{\"$not\":{\"$or\":[{\"path\":\"b\",\"value\":true}]}}]}",
        filter.toJson());
    assertTrue(filter.matches("{\"a\":{\"x\":2,\"y\":1}}"));
    assertFalse(filter.matches("{\"a\":{\"x\":2,\"y\":1},\"b\":true}"));
  }

  @Test
  void shouldRefuseWhateverElseInOneWay() {
    Fuzz.runText(
        EventBusException.class,
        json -> EventFilter.parse(json).matches(json),
        "{\"$and\":[{\"$not\":{\"$or\":[]}},{\"path\":\"a.0\",\"value\":\"q\\\"\"}]}",
        "{\"$eq\":{\"path\":\"$eq.value\",\"value\":{\"x\":[1.0,null,-7e3]}}}");
  }

  @Test
  void shouldTakeAnyEvent() {
    EventFilter filter = EventFilter.parse("{\"path\":\"a.0.b\",\"value\":18446744073709551615}");
    Fuzz.runText(
        EventBusException.class, filter::matches, "{\"a\":[{\"b\":18446744073709551615}]}");
  }
}
