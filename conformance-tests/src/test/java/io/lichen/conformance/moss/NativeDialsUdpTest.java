// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.conformance.moss.netns.NetworkPair;
import io.lichen.conformance.moss.netns.TrackerProcess;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.Era;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A native dials over UDP. It does so on its own account only, towards addresses that look public
 * and that discovery gave it: a peer cache in era C, a tracker in era A. Where TCP would work too,
 * TCP wins; so TCP is blocked.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("cells")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // Fields are set by startPair, which JUnit calls first.
class NativeDialsUdpTest extends PairScenario {
  private static final Duration DISCOVERY_LIMIT = Duration.ofSeconds(20);
  private static final Random RANDOM = new Random(7);

  private @Nullable NetworkPair network;
  private @Nullable TrackerProcess tracker;
  private MeshPeer dialer;
  private MeshPeer listener;

  static Stream<Cell> cells() {
    return Stream.of(Era.C, Era.A)
        .flatMap(
            era ->
                Stream.of(Driver.JAVA, Driver.NATIVE)
                    .map(listener -> new Cell(era, Carrier.UDP, Driver.NATIVE, listener)))
        .filter(Cell::isWanted);
  }

  @BeforeParameterizedClassInvocation
  void makeNetwork() {
    if (NetworkPair.isPossible()) {
      network = NetworkPair.open();
    }
  }

  @AfterParameterizedClassInvocation
  void unmakeNetwork() {
    endAll();
    if (tracker != null) {
      tracker.close();
      tracker = null;
    }
    if (network != null) {
      network.close();
      network = null;
    }
  }

  @Test
  @Order(1)
  @Scenario("XX handshake, open mesh or room, both ways")
  void shouldMeetAndTalkWhenTheNativeDialsUdp() throws IOException {
    startPair(assumeNetwork());
    dialer.awaitEvent("PEER_JOINED", listener.id(), DISCOVERY_LIMIT);
    listener.awaitEvent("PEER_JOINED", dialer.id(), DISCOVERY_LIMIT);
    Talk.bothWays(dialer, listener);
  }

  @Test
  @Order(2)
  @Scenario("largest payload; Lichen answers −5 above it")
  void shouldDeliverTheLargestPayload() {
    assumeNetwork();
    byte[] fromNative = new byte[Payloads.largest(cell().era(), Carrier.UDP, true)];
    RANDOM.nextBytes(fromNative);
    Talk.deliver(dialer, listener, fromNative);
  }

  @Test
  @Order(3)
  @Scenario("1 000 messages each way, none lost, none twice")
  void shouldLoseNothingOfAThousandMessagesEachWay() {
    assumeNetwork();
    dialer.clearMessages();
    listener.clearMessages();
    Talk.exchange(dialer, listener, 1_000, 100, RANDOM);
  }

  private NetworkPair assumeNetwork() {
    assumeRunnable();
    String message = "no network namespaces: they need root and iproute2";
    if (network == null) {
      System.out.println("SKIPPED " + cell() + ": " + message);
    }
    assumeTrue(network != null, message);
    return Objects.requireNonNull(network);
  }

  private void startPair(NetworkPair pair) throws IOException {
    listener =
        peers.start(
            listener().withNamespace(pair.right()).withListen(NetworkPair.RIGHT_ADDRESS, 0));
    dialer =
        peers.start(
            dialer()
                .withNamespace(pair.left())
                .withListen(NetworkPair.LEFT_ADDRESS, 0)
                .withConfig(discoveryOf(listener, pair)));
  }

  private String discoveryOf(MeshPeer found, NetworkPair pair) throws IOException {
    if (cell().era() == Era.A) {
      TrackerProcess process = new TrackerProcess(pair.left(), found.spec().host(), found.port());
      tracker = process;
      return "{\"trackers\":[\"" + process.url() + "\"]}";
    }
    Path cache = peers.newFile("peers.json").toAbsolutePath();
    long nowS = System.currentTimeMillis() / 1_000;
    Files.createDirectories(cache.getParent());
    Files.writeString(
        cache, "[{\"addr\":\"" + found.address() + "\",\"last_seen_unix\":" + nowS + "}]");
    return "{\"peer_cache_path\":\"" + cache + "\"}";
  }
}
