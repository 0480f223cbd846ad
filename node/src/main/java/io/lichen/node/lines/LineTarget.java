// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import io.lichen.core.moss.MossException;

/**
 * What a program steers through {@link LineSession}: a Java node, or in the conformance tests a
 * native one. Refusals are {@link MossException}s; their code goes into the reply.
 */
public interface LineTarget {
  /** Publishes; returns when the node has taken the message. */
  void publish(String channel, byte[] data);

  /** Takes part in a channel. */
  void subscribe(String channel);

  /** Leaves a channel. */
  void unsubscribe(String channel);

  /** Opens a session to {@code [udp://]host:port}. */
  void connect(String address);

  /** The mesh info as one JSON object with the native API's keys. */
  String infoJson();
}
