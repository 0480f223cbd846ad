// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.json.Fuzz;
import io.lichen.core.net.capability.CapabilityFilter;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelDefinitionTest {
  private static final String FULL =
      """
      {"visibility":"exported","reliable":true,"require_token":false,
       "token_roots":["%s"],"priority":7,"max_rate_pps":1000,
       "publish_caps":{"require_gpu":true},"subscribe_caps":{"require_tags":["a"]},
       "lichen":{"export_targets":["3.7"],"origin_bound":true,"groups":"token-bound"}}
      """
          .formatted(Rig.ROOT.id().hex());

  @Test
  void shouldReadEveryKey() {
    ChannelDefinition read = ChannelDefinition.fromJson(FULL);
    ChannelConfig expected =
        ChannelConfig.open().toBuilder()
            .visibility(Visibility.EXPORTED)
            .exportTargets(Set.of(SubnetId.of(3, 7)))
            .tokenRoots(Set.of(Rig.ROOT.id()))
            .originBound(true)
            .groupPolicy(GroupPolicy.TOKEN_BOUND)
            .priority(7)
            .reliable(true)
            .maxPublishesPerSecond(1000)
            .build();
    assertEquals(expected, read.config());
    assertTrue(read.config().tokenRequired(), "roots make tokens required");
    assertTrue(read.publishers().needsGpu());
    assertEquals(CapabilityFilter.ofTags("a"), read.subscribers());
  }

  @Test
  void shouldBeOpenWhereNothingIsSaid() {
    assertEquals(ChannelConfig.open(), ChannelDefinition.fromJson("{}").config());
    String nothing = "{\"visibility\":null,\"token_roots\":null,\"subscribe_caps\":null}";
    assertEquals(ChannelConfig.open(), ChannelDefinition.fromJson(nothing).config());
  }

  @Test
  void shouldMakeGatesOfFilters() {
    ChannelDefinition read =
        ChannelDefinition.fromJson("{\"subscribe_caps\":{\"require_tags\":[\"a\"]}}");
    ChannelConfig bound = read.bind(filter -> node -> filter.tags().contains("a") && node == 1);
    assertSame(CapabilityGate.OPEN, bound.publishGate());
    assertTrue(bound.subscribeGate().admits(1));
    assertFalse(bound.subscribeGate().admits(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"visibilty\":\"global\"} | unknown key: visibilty",
        "{\"visibility\":\"Global\"} | not Global",
        "{\"lichen\":{\"grups\":\"nobody\"}} | unknown key: lichen.grups",
        "{\"lichen\":{\"groups\":\"none\"}} | not none",
        "{\"priority\":256} | must be in 0..255",
        "{\"max_rate_pps\":-1} | must be in 0..",
        "{\"token_roots\":[\"00\"]} | 32 octets",
        "{\"token_roots\":[\"0g\"]} | 64 hex characters",
        "{\"lichen\":{\"export_targets\":[\"3.x\"]}} | levels as in 3.7",
        "{\"reliable\":1} | at byte",
        "[] | at byte",
        "{} x | at byte"
      })
  void shouldRefuseAndSayWhy(String json, String reason) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> ChannelDefinition.fromJson(json));
    assertTrue(String.valueOf(refusal.getMessage()).contains(reason), refusal.toString());
  }

  @Test
  void shouldRefuseWhateverElseInOneWay() {
    Fuzz.runText(IllegalArgumentException.class, ChannelDefinition::fromJson, FULL);
  }
}
