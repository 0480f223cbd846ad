// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.conformance.child.Heard;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * A running node of a mesh, whichever runtime it is. Thread-safe. Every wait has a deadline and
 * ends in an {@link AssertionError} that says what did not happen and what did.
 */
public interface MeshPeer extends AutoCloseable {
  /** How it was started. */
  PeerSpec spec();

  /** Its Ed25519 public key, hex. */
  String id();

  /** The port it listens on. */
  int port();

  /** {@code host:port} of its sockets. */
  default String address() {
    return spec().host() + ":" + port();
  }

  /** Its mesh info now. */
  JsonNode info();

  /** Its network statistics now; an empty object if it has none. */
  JsonNode networkStats();

  /** Takes part in a channel. */
  void subscribe(String channel);

  /** Leaves a channel. */
  void unsubscribe(String channel);

  /** Joins a room with a secret of any length, empty for none. */
  void join(String room, byte[] psk);

  /** Leaves a room. */
  void leave(String room);

  /** Takes part in a channel of a joined room. */
  void subscribe(String room, String channel);

  /** Lets its scoring callback answer this for a peer, and for the others what it is told. */
  void score(String peerId, double score);

  /** Publishes to a channel of a joined room; returns the native API's code. */
  int publish(String room, String channel, byte[] data);

  /** Publishes; returns the native API's code. */
  int publish(String channel, byte[] data);

  /** Publishes without waiting for the code. */
  CompletableFuture<Integer> publishAsync(String channel, byte[] data);

  /** Dials {@code [udp://]host:port}; returns the native API's code. */
  default int connect(String address) {
    return connectAsync(address).join();
  }

  /** {@link #connect} without waiting. */
  CompletableFuture<Integer> connectAsync(String address);

  /** Sends data to a node through a relay; returns the native API's code. */
  int relay(String peerId, byte[] data);

  /** {@link #relay} without waiting. */
  CompletableFuture<Integer> relayAsync(String peerId, byte[] data);

  /** What has come through relays. */
  Heard<Relayed> relayed();

  /** Wants a session with a peer, by whatever way; does not wait for it. */
  void connectTo(String peerId);

  /** All messages so far, in order of arrival. */
  List<Received> messages();

  /** Forgets the messages so far. */
  void clearMessages();

  /** Waits for a message. */
  Received awaitMessage(Predicate<Received> wanted, String description, Duration limit);

  /** Waits until as many messages are there. */
  List<Received> awaitMessages(int count, Duration limit);

  /** Waits for an event of this name about this peer that was not awaited before. */
  JsonNode awaitEvent(String name, String peerId, Duration limit);

  /**
   * Whether the mesh info names a session with this peer. Natives of era A list no ids but in their
   * lines on known peers: eight characters of the id, the address, and what is known.
   */
  default boolean isConnectedTo(String peerId) {
    JsonNode info = info();
    for (JsonNode detail : info.path("peer_details")) {
      if (detail.path("id").asText().equals(peerId)) {
        return true;
      }
    }
    for (JsonNode known : info.path("known_peers")) {
      String line = known.asText();
      if (line.startsWith(peerId.substring(0, 8) + "@") && line.endsWith("[direct]")) {
        return true;
      }
    }
    return false;
  }

  /** Whether its network has a TCP connection to this IPv4 address, whoever opened it (Linux). */
  boolean hasTcpTo(String address);

  /** Ends it as a crash would: kill -9, no goodbye. Returns when the process is gone. */
  void kill();

  /** Ends it orderly; returns when the process is gone. */
  void stop();

  /** Whatever is left ends now. */
  @Override
  void close();
}
