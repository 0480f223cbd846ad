// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import io.lichen.core.moss.MossException;
import io.lichen.crypto.PeerId;
import java.util.OptionalDouble;

/**
 * What a program steers through {@link LineSession}: a Java node, or in the conformance tests a
 * native one. Refusals are {@link MossException}s; their code goes into the reply. An empty room
 * name is the node's own room.
 */
public interface LineTarget {
  /** Publishes; returns when the node has taken the message. */
  void publish(String room, String channel, byte[] data);

  /** Takes part in a channel. */
  void subscribe(String room, String channel);

  /** Leaves a channel. */
  void unsubscribe(String room, String channel);

  /** Joins a room; an empty secret is none. */
  void join(String room, byte[] psk);

  /** Leaves a room. */
  void leave(String room);

  /** Opens a session to {@code [udp://]host:port}. */
  void connect(String address);

  /** Sends data to a node through a relay. */
  void relay(PeerId peer, byte[] data);

  /** Wants a session with a peer, by whatever way; does not wait for it. */
  void connect(PeerId peer);

  /** Lets a score count for a peer; nothing in it: what the node thinks of it. */
  void score(PeerId peer, OptionalDouble score);

  /** The mesh info as one JSON object with the native API's keys. */
  String infoJson();

  /** The network statistics as one JSON object with the native API's keys. */
  String statsJson();
}
