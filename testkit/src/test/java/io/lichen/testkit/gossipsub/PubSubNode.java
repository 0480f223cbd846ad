// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.PublishedMessage;
import io.lichen.testkit.SimNode;
import java.util.Map;

/** A simulated node that can be told what an application tells its node. */
interface PubSubNode extends SimNode<Packet> {
  void subscribe(String topic);

  void unsubscribe(String topic);

  /** The number of peers that it was sent to. */
  int publish(PublishedMessage message);

  /** How often each message id was delivered. */
  Map<String, Integer> deliveries();

  /** The id of the node with this number. */
  static PeerId peerId(int node) {
    byte[] key = new byte[PeerId.BYTES];
    key[0] = (byte) (node >>> 8);
    key[1] = (byte) node;
    return PeerId.of(key);
  }

  /** The number of the node with this id. */
  static int number(PeerId id) {
    byte[] key = id.bytes();
    return (key[0] & 0xff) << 8 | (key[1] & 0xff);
  }
}
