// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.lan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.json.Fuzz;
import io.lichen.core.moss.discovery.lan.BeaconFilter.Heard;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BeaconFilterTest {
  private static final long MS = 1_000_000L;
  private static final InetAddress NEAR = InetAddress.ofLiteral("192.168.1.7");
  private static final String OWN = "0".repeat(64);
  private static final String PEER = "ab".repeat(32);

  private final BeaconFilter filter =
      new BeaconFilter("net", OWN, 1500 * MS, a -> a.isSiteLocalAddress(), 0);

  private static byte[] beacon(String peer, int port) {
    return LanBeacon.of("net", peer, port).encode();
  }

  private Optional<Heard> receive(String json) {
    return filter.receive(NEAR, json.getBytes(StandardCharsets.UTF_8), 0);
  }

  @Test
  void shouldDialTheSenderAtThePortThatItNames() {
    Heard heard = filter.receive(NEAR, beacon(PEER, 4000), 0).orElseThrow();
    assertEquals("192.168.1.7:4000", heard.endpoint().toString());
    assertTrue(heard.toBeAnswered());
  }

  @Test
  void shouldNotBelieveWhatABeaconSaysOfOtherPlaces() {
    byte[] liar = new LanBeacon("net", PEER, 4000, "203.0.113.1:1", "public", true, true).encode();
    Heard heard = filter.receive(NEAR, liar, 0).orElseThrow();
    assertEquals("192.168.1.7:4000", heard.endpoint().toString());
    String wrongTypes =
        "{\"mesh_id\":\"net\",\"peer_id\":\""
            + PEER
            + "\",\"listen_port\":1,\"nat_type\":[],\"relay_capable\":{}}";
    assertTrue(receive(wrongTypes).isPresent());
  }

  @Test
  void shouldAnswerAPeerOnceInAnInterval() {
    assertTrue(filter.receive(NEAR, beacon(PEER, 1), 0).orElseThrow().toBeAnswered());
    assertFalse(filter.receive(NEAR, beacon(PEER, 1), 1499 * MS).orElseThrow().toBeAnswered());
    String upper = PEER.toUpperCase(Locale.ROOT);
    assertFalse(filter.receive(NEAR, beacon(upper, 1), 1499 * MS).orElseThrow().toBeAnswered());
    assertTrue(filter.receive(NEAR, beacon(PEER, 1), 1500 * MS).orElseThrow().toBeAnswered());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"mesh_id\":\"net\"}",
        "{\"mesh_id\":\"other\",\"peer_id\":\"P\",\"listen_port\":1}",
        "{\"mesh_id\":\"net\",\"peer_id\":\"P\",\"listen_port\":0}",
        "{\"mesh_id\":\"net\",\"peer_id\":\"P\",\"listen_port\":65536}",
        "{\"mesh_id\":\"net\",\"peer_id\":\"P\",\"listen_port\":\"1\"}",
        "{\"mesh_id\":\"net\",\"peer_id\":\"P\",\"listen_port\":1}x",
        "{\"mesh_id\":\"net\",\"peer_id\":\"xP\",\"listen_port\":1}",
        "{\"mesh_id\":\"net\",\"peer_id\":\"O\",\"listen_port\":1}"
      })
  void shouldIgnoreWhatIsNoBeaconOfAnotherNodeOfThisNetwork(String json) {
    assertEquals(Optional.empty(), receive(json.replace("P", PEER).replace("O", OWN)));
  }

  @Test
  void shouldNotListenToAnybodyFromFarAway() {
    InetAddress far = InetAddress.ofLiteral("203.0.113.1");
    assertEquals(Optional.empty(), filter.receive(far, beacon(PEER, 1), 0));
  }

  @Test
  void shouldHearOthersWhileOneSourceFloods() {
    int heard = 0;
    for (int i = 0; i < 1000; i++) {
      heard += filter.receive(NEAR, beacon(PEER, 1), i * MS).isPresent() ? 1 : 0;
    }
    assertTrue(heard >= 16 && heard <= 20, heard + " of the flood in one second");
    InetAddress other = InetAddress.ofLiteral("192.168.1.8");
    assertTrue(filter.receive(other, beacon(PEER, 1), 1000 * MS).isPresent());
  }

  @Test
  void shouldHearOnlySoManyOfAThousandSources() {
    int heard = 0;
    for (int i = 0; i < 1000; i++) {
      InetAddress source = InetAddress.ofLiteral("10.0." + i / 256 + "." + i % 256);
      heard += filter.receive(source, beacon(PEER, 1), 1000 * MS).isPresent() ? 1 : 0;
    }
    assertEquals(128, heard);
  }

  @Test
  void shouldTakeAnythingThatComes() {
    BeaconFilter patient = new BeaconFilter("net", OWN, 1, a -> true, 0);
    long[] now = {0};
    Fuzz.run(
        List.of(beacon(PEER, 4000)),
        input -> {
          now[0] += 1000 * MS;
          patient
              .receive(NEAR, input, now[0])
              .ifPresent(heard -> assertTrue(heard.endpoint().isDialable()));
        });
  }
}
