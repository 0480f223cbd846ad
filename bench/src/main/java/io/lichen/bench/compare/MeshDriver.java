// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

/** One node under measurement, as small as the two runtimes have it in common. */
interface MeshDriver extends AutoCloseable {
  /** Takes each message that arrives. */
  interface Receiver {
    /**
     * One message.
     *
     * @param sequence the first 8 bytes of the payload, little-endian
     * @param length payload length in bytes
     */
    void onMessage(long sequence, int length);
  }

  /** The port it listens on. */
  int port();

  /** Opens a session and returns when the runtime says that it stands. */
  void connect(String address);

  /** Subscribes to a channel; messages of all channels go to the one receiver. */
  void subscribe(String channel);

  /** Publishes; returns whether the runtime accepted it for at least one peer. */
  boolean publish(String channel, byte[] data);

  @Override
  void close();

  /** Makes nodes that listen on loopback. */
  @FunctionalInterface
  interface Factory {
    /** A started node with an identity of its own. */
    MeshDriver open(Receiver receiver);
  }
}
