// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import org.jspecify.annotations.Nullable;

/**
 * Where the events of a bus are kept. Those behind Redis, JetStream and a peer can be configured as
 * the natives can, but are not built: {@link EventBus#open(EventBusConfig)} says so.
 */
public sealed interface AdapterConfig {
  /** In memory, to be polled from there: the default of this bus. */
  record Memory(Retention retention) implements AdapterConfig {}

  /** Nowhere: the default of the natives. Polls bring nothing. */
  record None() implements AdapterConfig {}

  /**
   * In Redis streams.
   *
   * @param url not empty
   * @param prefix of the streams' keys
   * @param maxStreamLen about how many events a stream keeps; null for all
   * @param pipelineSize 1 or more; no adapter uses it, as in the natives
   */
  record Redis(String url, String prefix, @Nullable Long maxStreamLen, long pipelineSize)
      implements AdapterConfig {}

  /**
   * In NATS JetStream.
   *
   * @param url not empty
   * @param prefix of the streams' names
   * @param maxMessages how many events a stream keeps, 0 or more; null for all
   * @param replicas 1 or more
   */
  record JetStream(String url, String prefix, @Nullable Long maxMessages, long replicas)
      implements AdapterConfig {}

  /**
   * At one peer.
   *
   * @param bindAddress {@code ip:port}
   * @param peerAddress {@code ip:port}
   * @param initiator whether this side begins
   */
  record Peer(String bindAddress, String peerAddress, boolean initiator) implements AdapterConfig {}
}
