// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossNode;
import io.lichen.crypto.identity.MemoryKeyStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A Lichen node with its embedded defaults. */
final class LichenDriver implements MeshDriver {
  private final MossNode node;

  LichenDriver(Receiver receiver) {
    node =
        MossNode.builder("bench")
            .config("{\"trackers\":[],\"dht_enabled\":false,\"lan_discovery_enabled\":false}")
            .listen("127.0.0.1", 0)
            .keyStore(new MemoryKeyStore())
            .onMessage(
                message -> {
                  ByteBuffer data = ByteBuffer.wrap(message.data()).order(ByteOrder.LITTLE_ENDIAN);
                  receiver.onMessage(data.getLong(0), data.remaining());
                })
            .build();
    node.start();
  }

  @Override
  public int port() {
    return node.info().listenPort();
  }

  @Override
  public void connect(String address) {
    node.connect(address);
  }

  @Override
  public void subscribe(String channel) {
    node.subscribe(channel);
  }

  @Override
  public boolean publish(String channel, byte[] data) {
    try {
      node.publish(channel, data);
      return true;
    } catch (MossException e) {
      return false;
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
