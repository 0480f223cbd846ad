// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import io.lichen.nat.path.Openness;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What a node is behind, and sessions through that (docs/wire/net-nat.md). Thread-safe. Failures of
 * these calls say that a way without a relay was not found, not that two nodes cannot talk.
 */
public interface NetNat {
  /**
   * What this node takes itself to be behind: unknown until its peers were asked, which {@link
   * NetConfig.Nat#classify} does by itself.
   */
  Openness natType();

  /** Where this node is seen from outside, as far as it knows. */
  Optional<InetSocketAddress> reflexAddress();

  /** What a node says that it is behind. */
  Openness natType(long nodeId);

  /**
   * Asks a peer where it sees this node.
   *
   * @throws NetException {@link NetError#TRAVERSAL_PEER_NOT_REACHABLE} without a session, {@link
   *     NetError#TRAVERSAL_REFLEX_TIMEOUT} without an answer for 3 s
   */
  InetSocketAddress probeReflex(long peerNodeId);

  /** {@link #probeReflex} without blocking. */
  CompletableFuture<InetSocketAddress> probeReflexAsync(long peerNodeId);

  /**
   * Asks up to four peers where they see this node, and announces what that says. With fewer than
   * two peers, or an override, nothing changes.
   *
   * @return {@link #natType()} from then on
   */
  Openness reclassify();

  /** {@link #reclassify} without blocking. */
  CompletableFuture<Openness> reclassifyAsync();

  /**
   * Says where this node is seen, which is announced: open, at this address. Peers are not asked as
   * long as that holds.
   *
   * @throws NetException {@link NetError#INVALID_ARGUMENT} if the address is not resolved
   */
  void overrideReflex(InetSocketAddress external);

  /** Takes {@link #overrideReflex} back. */
  void clearReflexOverride();

  /**
   * Opens a session without a relay to a node, as far as the NATs of the two allow, which a third
   * node introduces to each other; if they do not, over that one as a relay. If there is a session
   * without a relay already, that is it.
   *
   * @param peerNodeId the node
   * @param publicKey its 32-byte X25519 key
   * @param coordinatorNodeId a peer that has a session with the node, too
   * @return {@link PeerInfo#viaRelay} says what became of it
   * @throws NetException {@link NetError#INVALID_ARGUMENT} for this very node or a key of another
   *     length; if there is no session at all: {@link NetError#TRAVERSAL_PEER_NOT_REACHABLE},
   *     {@link NetError#TRAVERSAL_RENDEZVOUS_REJECTED}, {@link NetError#TRAVERSAL_PUNCH_FAILED} or
   *     {@link NetError#TRAVERSAL_TRANSPORT}
   */
  PeerInfo connectDirect(long peerNodeId, byte[] publicKey, long coordinatorNodeId);

  /** {@link #connectDirect(long, byte[], long)} without blocking. */
  CompletableFuture<PeerInfo> connectDirectAsync(
      long peerNodeId, byte[] publicKey, long coordinatorNodeId);

  /**
   * The same by way of some peer: several are tried.
   *
   * @throws NetException as {@link #connectDirect(long, byte[], long)}, and {@link
   *     NetError#TRAVERSAL_RENDEZVOUS_NO_RELAY} if there is none
   */
  PeerInfo connectDirect(long peerNodeId, byte[] publicKey);

  /** {@link #connectDirect(long, byte[])} without blocking. */
  CompletableFuture<PeerInfo> connectDirectAsync(long peerNodeId, byte[] publicKey);

  /** What came of it since the node was made. */
  TraversalStats stats();
}
