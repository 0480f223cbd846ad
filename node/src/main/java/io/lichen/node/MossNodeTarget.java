// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.core.moss.MossNode;
import io.lichen.node.lines.LineTarget;

/** Lets a program steer a Java node. */
record MossNodeTarget(MossNode node) implements LineTarget {
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
  public String infoJson() {
    return node.info().toJson();
  }

  @Override
  public String statsJson() {
    return node.networkStats().toJson();
  }
}
