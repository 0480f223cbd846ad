// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.matrix.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A node dies without a word and is started again as it was: same command line, keys and port. A
 * native dials its static peers once only, when it starts; so a Java node that it dialled names it
 * as a static peer too, and whoever comes back finds the other.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.lichen.conformance.moss.Cell#tcpWithJava")
class CrashTest extends PairScenario {
  private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(5);

  @AfterEach
  void endPeers() {
    endAll();
  }

  @Test
  @Scenario("kill -9 of the listener, restart: delivers again within 5 s")
  void shouldDeliverAgainAfterTheListenerCrashed() {
    assumeRunnable();
    Path keys = peers.newFile("crash.key");
    int dialerPort = freePort();
    MeshPeer first = peers.start(listener(dialerPort).withKeyStore(keys));
    PeerSpec again = first.spec().withListen(first.spec().host(), first.port());
    MeshPeer dialer = peers.start(dialer(dialerPort, first.port()));
    Talk.bothWays(dialer, first);

    first.kill();
    MeshPeer second = peers.start(again);
    assertEquals(first.id(), second.id());
    Talk.bothWays(dialer, second, RECOVERY_LIMIT);
  }

  @Test
  @Scenario("kill -9 of the dialer, restart: delivers again within 5 s")
  void shouldDeliverAgainAfterTheDialerCrashed() {
    assumeRunnable();
    Path keys = peers.newFile("crash.key");
    int dialerPort = freePort();
    MeshPeer listener = peers.start(listener(dialerPort));
    MeshPeer first = peers.start(dialer(dialerPort, listener.port()).withKeyStore(keys));
    Talk.bothWays(first, listener);

    first.kill();
    MeshPeer second = peers.start(first.spec());
    assertEquals(first.id(), second.id());
    Talk.bothWays(second, listener, RECOVERY_LIMIT);
  }

  private PeerSpec dialer(int port, int listenerPort) {
    return dialer().withListen("127.0.0.1", port).withConfig(staticPeer(listenerPort));
  }

  private PeerSpec listener(int dialerPort) {
    return cell().dialer() == Driver.NATIVE
        ? listener().withConfig(staticPeer(dialerPort))
        : listener();
  }

  private static String staticPeer(int port) {
    return "{\"static_peers\":[\"127.0.0.1:" + port + "\"]}";
  }

  /** A port that was free a moment ago; the other side has to know it before it is used. */
  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
