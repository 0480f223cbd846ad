// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.json.Fuzz;
import io.lichen.core.moss.runtime.NodeSettings;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.GossipSubParams;
import io.lichen.transport.moss.Era;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MossConfigTest {
  private static final String ALL_KINDS =
      """
      {"network_id":"n","trackers":["udp://t/"],"listen_port":41030,"static_peers":["h:1"],
       "gossipsub":{"D":8,"heartbeat_ms":250},"nat":{"upnp_enabled":true},
       "telemetry":{"enabled":false,"dp_epsilon":-1.5,"bandwidth_cap_bytes":18446744073709551615},
       "veil":{"relays":[{"addr":"a","cover_sni":"b","pubkey":"c"},null]},
       "lichen":{"era":"A","publish_wait_ms":0}}
      """;

  @Test
  void shouldHaveUpstreamsDefaults() {
    MossConfig config = MossConfig.defaults();

    assertEquals("moss/1", config.networkId());
    assertEquals(15, config.trackers().size());
    assertEquals(new MossConfig.GossipSub(6, 4, 12, 2, 6, 1000), config.gossipSub());
    assertEquals(new MossConfig.Security(5, 65_536, 256_000, 64_000), config.security());
    assertEquals(Era.C, config.lichen().era());
    assertEquals(config, MossConfig.parse("{}"));
    assertEquals(config, MossConfig.parse("null"));
  }

  @Test
  void shouldReadValuesOfAllKinds() {
    MossConfig config = MossConfig.parseStrict(ALL_KINDS);

    assertEquals("n", config.networkId());
    assertEquals(List.of("udp://t/"), config.trackers());
    assertEquals(41_030, config.listenPort());
    assertEquals(8, config.gossipSub().d());
    assertEquals(4, config.gossipSub().dLo());
    assertTrue(config.nat().upnpEnabled());
    assertFalse(config.telemetry().enabled());
    assertEquals(-1.5, config.telemetry().dpEpsilon());
    assertEquals(-1, config.telemetry().bandwidthCapBytes());
    assertEquals(new MossConfig.VeilRelay("", "", ""), config.veil().relays().get(1));
    assertEquals(Era.A, config.lichen().era());
    assertEquals(0, config.lichen().publishWaitMs());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'Listen_Port':1}; {'listen_port':1}",
        "{'max_peers':-1}; {}",
        "{'gossipsub':{'d':7}}; {'gossipsub':{'D':7}}",
        "{'gossipsub':{'D':8},'gossipsub':{'D_lo':3}}; {'gossipsub':{'D':8,'D_lo':3}}",
        "{'gossipsub':null,'max_peers':null}; {}",
        "{'Trackers':[]}; {}",
        "{'network_id':''}; {}",
        "{'unknown':{'a':[1]}}; {}",
        "{'max_peers':5,'max_peers':7}; {'max_peers':7}"
      })
  void shouldReadAsUpstreamDoes(String text, String same) {
    assertEquals(
        MossConfig.parse(same.replace('\'', '"')), MossConfig.parse(text.replace('\'', '"')));
  }

  @Test
  void shouldDisableTrackersOnlyUnderTheirExactName() {
    assertTrue(MossConfig.parse("{\"trackers\":[]}").trackers().isEmpty());
    assertTrue(MossConfig.parse("{\"trackers\":null}").trackers().isEmpty());
    assertEquals(15, MossConfig.parse("{\"TRACKERS\":null}").trackers().size());
    assertEquals(List.of("x"), MossConfig.parse("{\"TRACKERS\":[\"x\"]}").trackers());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'listen_port':'1'}; listen_port: expected an integer, found \"1\"",
        "{'gossipsub':{'D':6.5}}; gossipsub.D: expected an integer, found 6.5",
        "{'nat':[]}; nat: expected an object, found []",
        "{'nat':{'upnp_enabled':1}}; nat.upnp_enabled: expected true or false, found 1",
        "{'max_peers':05}; max_peers: expected an integer, found 05",
        "{'lichen':{'era':'B'}}; lichen.era: expected \"A\" or \"C\", found \"B\"",
        "{'lichen':{'delivery_queue':0}}; lichen.delivery_queue: expected 1 or more, found 0",
        "{'lichen':{'direct_peers':['x']}}; lichen.direct_peers: a peer id has 64 hex characters",
        "{'lichen':{'gossipsub':{'mesh':{'backoff_ms':5}}}}; "
            + "lichen.gossipsub.mesh: backoffMs is 5, must be in 1000..3600000",
        "{'lichen':{'gossipsub':{'rates':{'grafts':5000000000}}}}; "
            + "lichen.gossipsub.rates.grafts: is out of range, found 5000000000",
        "{'lichen':{'gossipsub':{'mesh':{'D':5}}}}; unknown key: lichen.gossipsub.mesh.D",
        "{'bind_interface':'no such'}; bind_interface: expected the name or number"
      })
  void shouldNameKeyAndValueOfAnError(String text, String message) {
    MossException refused =
        assertThrows(MossException.class, () -> MossConfig.parse(text.replace('\'', '"')));

    assertEquals(MossError.CONFIG_INVALID, refused.error());
    assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "[]", "{}x", "\ufeff{}", "{'a':1}", "{\"a\":1,}", "{\"a\":1"})
  void shouldRefuseWhatIsNotAnObject(String text) {
    MossException refused = assertThrows(MossException.class, () -> MossConfig.parse(text));

    assertEquals(MossError.CONFIG_INVALID, refused.error());
  }

  @Test
  void shouldRefuseToUploadLogsWhenStrict() {
    String json = "{\"axiom_token\":7}";

    MossException refused = assertThrows(MossException.class, () -> MossConfig.parseStrict(json));

    assertTrue(
        String.valueOf(refused.getMessage()).contains("axiom_token: is not built"),
        refused.getMessage());
    MossConfig.parse(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'maxpeers':1}; maxpeers (did you mean max_peers?)",
        "{'gossipsub':{'d_hi':1}}; gossipsub.d_hi (did you mean gossipsub.D_high?)",
        "{'lichen':{'erra':1}}; lichen.erra (did you mean lichen.era?)",
        "{'something else':1}; something else"
      })
  void shouldGuessWhichKeyWasMeantWhenStrict(String text, String message) {
    String json = text.replace('\'', '"');
    MossException refused = assertThrows(MossException.class, () -> MossConfig.parseStrict(json));

    assertTrue(
        String.valueOf(refused.getMessage()).endsWith("unknown key: " + message),
        refused.getMessage());
    if (message.startsWith("lichen.")) {
      assertThrows(MossException.class, () -> MossConfig.parse(json), "upstream has no such keys");
    } else {
      MossConfig.parse(json);
    }
  }

  @Test
  void shouldReadTheEnginesParameters() {
    GossipSubParams read =
        MossConfig.parse(
                """
                {"lichen":{"gossipsub":{
                  "mesh":{"backoff_ms":45000,"ranked":true},
                  "gossip":{"gossip_factor":0.5,"max_ihave_ids_sent":9},
                  "caches":{"max_cached_bytes":4294967296},
                  "rates":{"ihaves":3},
                  "score":{"application_weight":2.5,"mesh_delivery":{"exponent":1}}}}}
                """)
            .lichen()
            .gossipSub();

    GossipSubParams defaults = GossipSubParams.defaults();
    assertEquals(45_000, read.mesh().backoffMs());
    assertTrue(read.mesh().ranked());
    assertEquals(defaults.mesh().refreshMs(), read.mesh().refreshMs());
    assertEquals(0.5, read.gossip().gossipFactor());
    assertEquals(9, read.gossip().maxIHaveIdsSent());
    assertEquals(1L << 32, read.caches().maxCachedBytes());
    assertEquals(3, read.rates().iHaves());
    assertEquals(2.5, read.score().applicationWeight());
    assertEquals(1, read.score().meshDelivery().exponent());
    assertEquals(defaults.score().colocation(), read.score().colocation());
  }

  @Test
  void shouldMakeTheEnginesParametersOfUpstreamsKeysAndOurs() {
    MossConfig config =
        MossConfig.parse(
            "{\"gossipsub\":{\"D\":8},\"transport\":{\"high_throughput\":true},"
                + "\"lichen\":{\"gossipsub\":{\"mesh\":{\"backoff_ms\":45000}}}}");

    GossipSubParams params = NodeSettings.gossipSub(config);

    assertEquals(8, params.mesh().d());
    assertEquals(45_000, params.mesh().backoffMs());
    assertFalse(params.gossip().sendIHaveOnPublish());
  }

  @Test
  void shouldReadDirectPeers() {
    String id = "0123456789abcdef".repeat(4);

    List<MossConfig.DirectPeer> read =
        MossConfig.parse(
                "{\"lichen\":{\"direct_peers\":[\"%s\",\"%s@10.0.0.1:4\"]}}".formatted(id, id))
            .lichen()
            .directPeers();

    PeerId peer = PeerId.parse(id);
    assertEquals(
        List.of(
            new MossConfig.DirectPeer(peer, null), new MossConfig.DirectPeer(peer, "10.0.0.1:4")),
        read);
  }

  @Test
  void shouldSurviveRandomAndMutatedInput() {
    byte[] text = ALL_KINDS.getBytes(StandardCharsets.UTF_8);
    int[] accepted = new int[1];

    Fuzz.run(
        List.of(text, "{\"max_peers\":3}".getBytes(StandardCharsets.UTF_8)),
        input -> {
          try {
            MossConfig.parse(input);
            accepted[0]++;
          } catch (MossException e) {
            assertEquals(MossError.CONFIG_INVALID, e.error());
          }
        });

    assertTrue(accepted[0] > 1000, "only " + accepted[0] + " inputs were valid");
  }
}
