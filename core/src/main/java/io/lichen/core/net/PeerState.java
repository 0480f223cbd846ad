// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

/** What a node thinks of a peer, going by its heartbeats alone (docs/wire/net-peers.md). */
public enum PeerState {
  /** Heard of lately. */
  ALIVE,
  /** Not heard of for two session timeouts. */
  SUSPECTED,
  /**
   * Not heard of for three session timeouts: its subscriptions and capabilities are forgotten. The
   * session remains, and a heartbeat brings it back to life.
   */
  FAILED
}
