// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.NetLoop;
import io.lichen.transport.net.NetTransportConfig;
import io.lichen.transport.net.NetTransportListener;
import io.lichen.transport.net.handshake.NodeSecrets;
import io.lichen.transport.net.stream.StreamCounters;
import io.lichen.transport.net.stream.StreamPool;
import io.lichen.transport.net.stream.StreamSettings;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBufAllocator;
import java.security.SecureRandom;

/** What the parts of one socket's engine share. */
final class EndpointContext {
  /**
   * What the cipher reads and writes must be arrays. One for all endpoints of the process, like
   * Netty's own: each would keep a megabyte in reserve.
   */
  private static final ByteBufAllocator HEAP = new AdaptiveByteBufAllocator(false);

  final NetTransportConfig config;
  final NodeSecrets secrets;
  final NetLoop loop;
  final DatagramOut out;
  final DropCounters drops = new DropCounters();
  final SafeListener listener;
  final EndpointCounters counters = new EndpointCounters();
  final StreamCounters streamCounters = new StreamCounters();
  final StreamSettings streamSettings;
  final StreamPool pool;

  final ByteBufAllocator allocator = HEAP;

  EndpointContext(
      NetTransportConfig config,
      NetTransportListener listener,
      NetLoop loop,
      DatagramOut out,
      SecureRandom random) {
    this.config = config;
    this.loop = loop;
    this.out = out;
    this.listener = new SafeListener(listener, drops);
    secrets = NodeSecrets.of(config.psk(), config.staticKey(), random);
    streamSettings =
        new StreamSettings(
            config.maxStreamsPerSession(), config.streamIdle().toNanos(), random.nextLong());
    pool = new StreamPool(allocator);
  }

  /** The low 32 bits of this node's id. */
  int routingId() {
    return (int) config.nodeId();
  }
}
