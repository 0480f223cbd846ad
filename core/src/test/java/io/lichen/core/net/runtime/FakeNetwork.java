// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.crypto.entity.NodeIds;
import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.NetTransportConfig;
import io.lichen.transport.net.NetTransportListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A network inside one test: transports that hand each other what they send, and lose nothing. */
final class FakeNetwork {
  private final Map<InetSocketAddress, FakeTransport> transports = new ConcurrentHashMap<>();
  private final AtomicInteger ports = new AtomicInteger(1024);
  private final AtomicLong sessions = new AtomicLong();

  NetTransport open(NetTransportConfig config, NetTransportListener listener) {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.incrementAndGet());
    FakeTransport transport = new FakeTransport(this, address, config, listener);
    transports.put(address, transport);
    return transport;
  }

  @Nullable FakeTransport at(InetSocketAddress address) {
    return transports.get(address);
  }

  /** The transport of a node; a relay knows it by its whole id. */
  @Nullable FakeTransport of(long nodeId) {
    return transports.values().stream()
        .filter(t -> NodeIds.routingId(t.nodeId()) == NodeIds.routingId(nodeId))
        .findFirst()
        .orElse(null);
  }

  void closed(InetSocketAddress address) {
    transports.remove(address);
  }

  long nextSessionId() {
    return sessions.incrementAndGet();
  }
}
