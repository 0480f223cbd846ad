// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.core.moss.MossNode;
import io.lichen.node.lines.LineTarget;

/** Lets a program steer a Java node. */
record MossNodeTarget(MossNode node) implements LineTarget {
  @Override
  public void publish(String channel, byte[] data) {
    node.publish(channel, data);
  }

  @Override
  public void subscribe(String channel) {
    node.subscribe(channel);
  }

  @Override
  public void unsubscribe(String channel) {
    node.unsubscribe(channel);
  }

  @Override
  public void connect(String address) {
    node.connect(address);
  }

  @Override
  public String infoJson() {
    return MeshInfoJson.of(node.info());
  }
}
