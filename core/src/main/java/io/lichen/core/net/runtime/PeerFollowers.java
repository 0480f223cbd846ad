// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.peer.Peer;
import io.lichen.core.net.peer.Peers;
import java.util.ArrayList;
import java.util.List;

/** Tells all parts of a node that care what becomes of its peers, in the order of their joining. */
final class PeerFollowers implements Peers.Listener {
  private final List<Peers.Listener> followers = new ArrayList<>();

  /** Adds one; before the socket is opened. */
  void add(Peers.Listener follower) {
    followers.add(follower);
  }

  @Override
  public void onConnected(Peer peer) {
    followers.forEach(follower -> follower.onConnected(peer));
  }

  @Override
  public void onMoved(Peer peer) {
    followers.forEach(follower -> follower.onMoved(peer));
  }

  @Override
  public void onRecovered(Peer peer) {
    followers.forEach(follower -> follower.onRecovered(peer));
  }

  @Override
  public void onFailed(Peer peer) {
    followers.forEach(follower -> follower.onFailed(peer));
  }

  @Override
  public void onGone(Peer peer) {
    followers.forEach(follower -> follower.onGone(peer));
  }
}
