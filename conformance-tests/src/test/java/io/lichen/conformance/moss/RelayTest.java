// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.conformance.Skip;
import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.moss.ffi.MossLibraries;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.Era;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A relay of one runtime, ends of the other. The ends may have one session each, which is the one
 * with the relay, so that they cannot meet behind its back.
 */
class RelayTest {
  private static final boolean IS_FULL = "full".equals(System.getProperty("lichen.suite"));
  private static final String ONE_SESSION = "{\"max_peers\":1}";
  private static final long SEED = 20_261_121;
  private static final int CHUNK = 50_000;

  private final MeshPeers peers = new MeshPeers(Path.of("target", "interop", "RelayTest"));

  @BeforeEach
  void assumeRunnable() {
    Skip.unless(
        MeshPeers.canRun(Driver.NATIVE, Era.C), RelayTest.class, MossLibraries.howToName(Era.C));
  }

  @AfterEach
  void endPeers() {
    peers.close();
  }

  private MeshPeer relay(Driver driver, String config) {
    return peers.start(
        PeerSpec.of(driver, Era.C, "grove")
            .withConfig(config)
            .withKeyStore(peers.newFile("relay.keys")));
  }

  private MeshPeer end(Driver driver, MeshPeer relay) {
    MeshPeer end =
        peers.start(
            PeerSpec.of(driver, Era.C, "grove").withChannels(Talk.CHANNEL).withConfig(ONE_SESSION));
    RelayVoucher.tell(end, relay);
    Talk.connect(end, relay, relay.address(), Carrier.TCP);
    return end;
  }

  private static void awaitKnown(MeshPeer knower, MeshPeer known) {
    Waits.until(
        "an end knows of the other",
        Talk.LIMIT,
        () -> knower.info().path("known_peers").toString().contains(known.id().substring(0, 8)));
  }

  private static boolean isRelayedTo(MeshPeer from, MeshPeer to) {
    for (var detail : from.info().path("peer_details")) {
      if (detail.path("id").asText().equals(to.id())) {
        return detail.path("relayed").booleanValue();
      }
    }
    return false;
  }

  @ParameterizedTest(name = "{0} carries {1} and {2}")
  @CsvSource({"JAVA,NATIVE,NATIVE", "NATIVE,JAVA,JAVA"})
  void shouldCarryDataAndMessagesBetweenTwoEnds(Driver middle, Driver one, Driver other) {
    MeshPeer relay = relay(middle, "{}");
    MeshPeer a = end(one, relay);
    MeshPeer b = end(other, relay);
    awaitKnown(a, b);
    awaitKnown(b, a);

    assertEquals(0, a.relay(b.id(), "over the relay".getBytes(UTF_8)), "code of relay");
    Relayed came = b.relayed().awaitCount(1, Talk.LIMIT).get(0);
    assertEquals(a.id(), came.sender());
    assertArrayEquals("over the relay".getBytes(UTF_8), came.data());
    assertEquals(one == Driver.JAVA && other == Driver.JAVA, came.sealed());
    assertEquals(0, b.relay(a.id(), "and back".getBytes(UTF_8)), "code of relay");
    a.relayed().awaitCount(1, Talk.LIMIT);

    Waits.until("they are peers", Talk.LIMIT, () -> isRelayedTo(a, b) && isRelayedTo(b, a));
    Talk.bothWays(a, b);
    a.clearMessages();
    b.clearMessages();
    Talk.exchange(a, b, 40, 4, new Random(SEED));
    assertTrue(isRelayedTo(a, b) && isRelayedTo(b, a), "they have met behind the relay's back");
  }

  @Test
  void shouldHoldANativeToTheLimit() {
    assertEquals(5 * CHUNK, bytesThrough("{}"), "256000 bytes at once");
  }

  @Test
  void shouldLetANativeGoWithoutALimit() {
    assumeTrue(IS_FULL, "only in the full suite");
    String lifted =
        "{\"nat\":{\"relay_max_bandwidth_kbps\":1000000},"
            + "\"security\":{\"rate_limit_burst\":1000000000,"
            + "\"rate_limit_sustained\":1000000000}}";
    assertEquals(10 * CHUNK, bytesThrough(lifted));
  }

  /** What of that which a native sends at once comes through a relay with this configuration. */
  private int bytesThrough(String relayConfig) {
    MeshPeer relay = relay(Driver.JAVA, relayConfig);
    MeshPeer a = end(Driver.NATIVE, relay);
    MeshPeer b = end(Driver.NATIVE, relay);
    assertEquals(0, a.relay(b.id(), new byte[0]), "code of the first");
    List<CompletableFuture<Integer>> codes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      codes.add(a.relayAsync(b.id(), new byte[CHUNK]));
    }
    codes.forEach(code -> assertEquals(0, code.join(), "code of relay"));
    // In order, on one session: what comes after them shows that no more will come.
    Waits.until(
        "the last has come",
        Talk.LIMIT,
        () -> {
          a.relay(b.id(), "end".getBytes(UTF_8));
          return b.relayed().all().stream().anyMatch(r -> r.data().length == 3);
        });
    int sum = b.relayed().all().stream().mapToInt(r -> r.data().length / CHUNK * CHUNK).sum();
    peers.close();
    return sum;
  }
}
