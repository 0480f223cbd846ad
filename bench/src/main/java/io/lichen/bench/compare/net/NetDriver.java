// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.net;

import java.net.InetSocketAddress;
import java.util.List;

/** One end under measurement: a node as programs embed it, or the transport alone. */
interface NetDriver extends AutoCloseable {
  /** Takes what arrives; one thread at a time. */
  interface Receiver {
    /** So many events more. */
    void onEvents(int count);
  }

  /** Sends events of one stream, waiting for room. */
  interface Sender {
    /** All or none. */
    void send(List<byte[]> events);
  }

  /** Makes ends that take events in for a receiver. */
  @FunctionalInterface
  interface Factory {
    /** An end that listens on loopback. */
    NetDriver open(byte[] psk, Receiver receiver);
  }

  /** By which peers know it. */
  long nodeId();

  /** What peers must know to dial it. */
  byte[] publicKey();

  /** Where it listens. */
  InetSocketAddress address();

  /** Waits for the peer, before the start. */
  void accept(long peerNodeId);

  /** Dials a started peer. */
  void connect(InetSocketAddress address, byte[] publicKey, long peerNodeId);

  /** From now on everybody's handshakes are answered. */
  void start();

  /** Opens a stream. */
  Sender stream(long peerNodeId, long streamId, boolean reliable, int windowBytes);

  /** Sends every event that arrives back on a stream, instead of giving it to the receiver. */
  void echo(Sender back);

  /** Whether the receiver is called on the network thread, so that it had better not wait. */
  default boolean isInline() {
    return false;
  }

  /** Gives what arrives to the receiver again. */
  void stopEcho();

  @Override
  void close();
}
