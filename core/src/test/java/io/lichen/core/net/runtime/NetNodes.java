// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.core.net.NetConfig;
import io.lichen.core.net.NetError;
import io.lichen.core.net.NetEvent;
import io.lichen.core.net.NetException;
import io.lichen.core.net.NetNode;
import io.lichen.crypto.entity.EntityKeyPair;
import io.lichen.transport.wait.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.function.Executable;

/** Nodes for tests: all in one mesh, with short times, closed together. */
final class NetNodes implements AutoCloseable {
  static final byte[] PSK = new byte[32];

  static {
    Arrays.fill(PSK, (byte) 0x42);
  }

  private final TransportOpener opener;
  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
  private final List<NetNode> nodes = new ArrayList<>();

  NetNodes(TransportOpener opener) {
    this.opener = opener;
  }

  /**
   * Beats quickly, and takes nobody for failed, however long the machine is busy with other things.
   */
  static NetConfig quick() {
    return quick(Duration.ofSeconds(30));
  }

  /** Beats quickly. For what fails, or must not, in three session timeouts. */
  static NetConfig quick(Duration sessionTimeout) {
    return quick(sessionTimeout, Duration.ofSeconds(2));
  }

  /** {@link #quick()} for handshakes to which there is no answer. */
  static NetConfig impatient() {
    return quick(Duration.ofSeconds(30), Duration.ofMillis(500));
  }

  private static NetConfig quick(Duration sessionTimeout, Duration handshakeTimeout) {
    return NetConfig.defaults()
        .withPsk(PSK)
        .withTimers(
            new NetConfig.Timers(
                Duration.ofMillis(50),
                sessionTimeout,
                handshakeTimeout,
                3,
                Duration.ofSeconds(5),
                Duration.ofSeconds(300)));
  }

  EntityKeyPair identity() {
    return EntityKeyPair.generate(random);
  }

  /** A node that is not started. */
  NetNode open() {
    return open(quick(), identity());
  }

  NetNode open(NetConfig config, EntityKeyPair identity) {
    return open(new NodeSettings(config, identity, null, null));
  }

  NetNode open(NodeSettings settings) {
    NetNode node = NetNodeRuntime.open(settings, opener);
    nodes.add(node);
    return node;
  }

  /** A started node. */
  NetNode started() {
    return started(quick());
  }

  NetNode started(NetConfig config) {
    NetNode node = open(config, identity());
    node.start();
    return node;
  }

  /** A started node with a session that it opened to another one. */
  NetNode connectedTo(NetNode other) {
    NetNode node = started();
    connect(node, other);
    return node;
  }

  /** Connects one started node to another. */
  static void connect(NetNode from, NetNode to) {
    from.connect(to.address(), to.publicKey(), to.nodeId());
    await("both know each other", () -> to.peer(from.nodeId()).isPresent());
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(NetEvent event) {
    return new String(event.data(), StandardCharsets.UTF_8);
  }

  static void await(String what, BooleanSupplier condition) {
    try {
      Await.until(condition);
    } catch (AssertionError e) {
      throw new AssertionError("waited in vain: " + what, e);
    }
  }

  static void refused(NetError error, Executable call) {
    assertEquals(error, assertThrows(NetException.class, call).error());
  }

  @Override
  public void close() {
    nodes.forEach(NetNode::close);
  }
}
