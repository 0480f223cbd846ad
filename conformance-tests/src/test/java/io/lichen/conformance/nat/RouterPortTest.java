// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lichen.conformance.Skip;
import io.lichen.conformance.child.Children;
import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.moss.MeshPeer;
import io.lichen.conformance.moss.MeshPeers;
import io.lichen.conformance.moss.PeerSpec;
import io.lichen.transport.moss.Era;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes have a real {@code miniupnpd} open their ports. */
@Timeout(180)
@SuppressWarnings("NullAway.Init") // JUnit calls startDaemon first.
class RouterPortTest extends InternetScenario {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Between two questions to the router, as the nodes are configured. */
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final int FIRST_PORT = 41030;
  private static final List<String> KEYS = List.of("upnp_enabled", "natpmp_enabled", "pcp_enabled");

  @TempDir private Path folder;
  private Router router;
  private UpnpDaemon daemon;

  @BeforeEach
  void startDaemon() {
    Skip.unless(UpnpDaemon.isInstalled(), getClass(), "no miniupnpd (Debian package of this name)");
    router = internet().router(NatKind.PORT_RESTRICTED_CONE);
    daemon = new UpnpDaemon(router, folder);
  }

  @AfterEach
  void stopDaemon() {
    if (daemon != null) {
      daemon.close();
    }
  }

  @Test
  void shouldOpenPortsByEachProtocolKeepThemAndGiveThemBack() throws Exception {
    Host stranger = internet().host();
    try (MeshPeers peers = new MeshPeers(folder)) {
      Map<String, MeshPeer> nodes = new LinkedHashMap<>();
      for (String key : KEYS) {
        nodes.put(key, peers.start(spec(key, FIRST_PORT + nodes.size())));
      }
      for (Map.Entry<String, MeshPeer> each : nodes.entrySet()) {
        int port = each.getValue().port();
        awaitOpen(each.getKey(), port);
        awaitTold(each.getKey(), each.getValue(), UpnpDaemon.NAMED);
        assertTrue(connects(stranger, port), each.getKey() + ": from outside");
      }
      restart(nodes);
      nodes.values().forEach(MeshPeer::stop);
      Waits.until("all given back: " + daemon.ports(), LIMIT, () -> daemon.ports().isEmpty());
    }
  }

  private void restart(Map<String, MeshPeer> nodes) {
    daemon.restart(UpnpDaemon.NAMED_LATER);
    long startNs = System.nanoTime();
    for (Map.Entry<String, MeshPeer> each : nodes.entrySet()) {
      awaitOpen(each.getKey(), each.getValue().port());
      awaitTold(each.getKey(), each.getValue(), UpnpDaemon.NAMED_LATER);
      Duration took = Duration.ofNanos(System.nanoTime() - startNs);
      System.out.printf(
          "%s: open at the new address %d ms after the restart%n", each.getKey(), took.toMillis());
      // By UPnP the router is searched for again, which takes a few seconds more on a busy machine.
      assertTrue(took.compareTo(INTERVAL.multipliedBy(2).plusSeconds(10)) < 0, each.getKey());
    }
  }

  /** Where the router says that the port is open is where the node says it is. */
  private static void awaitTold(String key, MeshPeer node, String external) {
    Waits.until(
        key + ": told on that it is at " + external,
        LIMIT,
        () -> node.info().path("advertised_addr").asText().equals(external + ":" + node.port()));
  }

  private void awaitOpen(String key, int port) {
    Waits.until(key + " opens UDP and TCP", LIMIT, () -> daemon.open(port) == 2);
  }

  private PeerSpec spec(String key, int port) {
    return PeerSpec.of(Driver.JAVA, Era.C, "grove")
        .withListen("0.0.0.0", port)
        .withNamespace(router.host().namespace())
        .withConfig(
            "{\"nat\":{\"%s\":true},\"lichen\":{\"nat_probe_ms\":%d}}"
                .formatted(key, INTERVAL.toMillis()));
  }

  private boolean connects(Host from, int port) {
    return from.call(
        () -> {
          try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(router.external(), port), 5000);
            return true;
          } catch (IOException e) {
            return false;
          }
        });
  }

  @Test
  void shouldTellWhatIsThereAndLeaveNothingOpen() throws Exception {
    try (StunServer stun = new StunServer(internet().host())) {
      List<String> command =
          new ArrayList<>(
              Children.java("io.lichen.node.Main", "nat", "--json", "--stun", stun.address()));
      Process process =
          new ProcessBuilder(router.host().command(command))
              .redirectError(folder.resolve("nat.log").toFile())
              .start();
      String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), line);
      JsonNode found = new ObjectMapper().readTree(line);
      assertEquals("endpoint_independent", found.path("mapping").asText(), line);
      assertEquals("address_and_port_dependent", found.path("filtering").asText(), line);
      assertTrue(found.path("external").asText().startsWith(router.external() + ":"), line);
      assertTrue(found.path("mapped").asText().startsWith(UpnpDaemon.NAMED + ":"), line);
      // The router names another address than the server sees: as if there were a second NAT.
      assertTrue(found.path("carrier").asBoolean(), line);
      List<String> worked = new ArrayList<>();
      found
          .path("tried")
          .forEach(
              each ->
                  worked.add(each.path("method").asText() + " " + each.path("worked").asBoolean()));
      assertEquals(List.of("STUN true", "UPnP true", "NAT-PMP true", "PCP true"), worked, line);
      assertEquals(List.of(), daemon.ports());
    }
  }
}
