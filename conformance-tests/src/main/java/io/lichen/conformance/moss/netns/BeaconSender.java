// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss.netns;

import io.lichen.conformance.moss.MeshPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Tells a native by a beacon that a node can be reached by everybody, which it believes whoever
 * says it (docs/wire/moss-discovery.md, "Beacons"): the only way to have it trust a node of ours
 * with questions to the overlay, as it takes nobody's own word for that.
 */
public final class BeaconSender {
  private static final int BEACON_PORT = 44_445;
  private static final long LIMIT_S = 20;

  private BeaconSender() {}

  /** Takes the address to send from, the address to send to, and the beacon. */
  public static void main(String[] args) throws IOException {
    byte[] beacon = args[2].getBytes(StandardCharsets.UTF_8);
    InetSocketAddress from = new InetSocketAddress(InetAddress.ofLiteral(args[0]), 0);
    InetSocketAddress to = new InetSocketAddress(InetAddress.ofLiteral(args[1]), BEACON_PORT);
    try (DatagramSocket socket = new DatagramSocket(from)) {
      socket.send(new DatagramPacket(beacon, beacon.length, to));
    }
  }

  /** Sends a beacon about a node from its place in a namespace; returns when it is gone. */
  public static void send(String namespace, MeshPeer about, String to) {
    String beacon =
        """
        {"mesh_id":"moss/1","peer_id":"%s","listen_port":%d,"public_reachable":true}\
        """
            .formatted(about.id(), about.port());
    try {
      Process process =
          NamespaceJava.program(namespace, BeaconSender.class, about.spec().host(), to, beacon)
              .start();
      if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException("the beacon about " + about.address() + " was not sent");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
