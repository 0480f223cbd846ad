// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.core.moss.MossNode;
import io.lichen.crypto.PeerId;
import io.lichen.node.lines.GivenScores;
import io.lichen.node.lines.LineTarget;
import java.util.OptionalDouble;

/** Lets a program steer a Java node. For one thread. */
final class MossNodeTarget implements LineTarget {
  private final MossNode node;
  private final GivenScores scores = new GivenScores();
  private boolean isScoring;

  MossNodeTarget(MossNode node) {
    this.node = node;
  }

  @Override
  public void publish(String room, String channel, byte[] data) {
    node.room(room).publish(channel, data);
  }

  @Override
  public void subscribe(String room, String channel) {
    node.room(room).subscribe(channel);
  }

  @Override
  public void unsubscribe(String room, String channel) {
    node.room(room).unsubscribe(channel);
  }

  @Override
  public void join(String room, byte[] psk) {
    node.joinRoom(room, psk);
  }

  @Override
  public void leave(String room) {
    node.room(room).leave();
  }

  @Override
  public void connect(String address) {
    node.connect(address);
  }

  @Override
  public void relay(PeerId peer, byte[] data) {
    node.relaySendTo(peer, data);
  }

  @Override
  public void connect(PeerId peer) {
    var unused = node.connectToPeer(peer);
  }

  /** A node is asked for scores by nobody who has never given any. */
  @Override
  public void score(PeerId peer, OptionalDouble score) {
    scores.give(peer, score);
    if (!isScoring) {
      isScoring = true;
      node.scoring(scores);
    }
  }

  @Override
  public String infoJson() {
    return node.info().toJson();
  }

  @Override
  public String statsJson() {
    return node.networkStats().toJson();
  }
}
