// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import io.lichen.gateway.http.server.NettyServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A server that answers by a {@link Router}. Thread-safe; several may live in one process. */
public final class HttpServer implements AutoCloseable {
  private final NettyServer server;

  private HttpServer(NettyServer server) {
    this.server = server;
  }

  /** For a server that answers by {@code router}. */
  public static Builder builder(Router router) {
    return new Builder(router);
  }

  /** Where it listens, with the port that the system chose. */
  public InetSocketAddress address() {
    return server.address();
  }

  /** Sends a text to every WebSocket that is subscribed to a channel; how many there were. */
  public int publish(String channel, String text) {
    return server.publish(channel, text);
  }

  /** {@link #publish(String, String)} for bytes. */
  public int publish(String channel, byte[] data) {
    return server.publish(channel, data);
  }

  /**
   * Stops: WebSockets are closed with 1001, event streams end, requests under way have up to a
   * second, and the port is free again within two. Idempotent.
   */
  @Override
  public void close() {
    server.close();
  }

  /** What a server is made of. */
  public static final class Builder {
    private final Router router;
    private InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private HttpLimits limits = HttpLimits.defaults();
    private MeterRegistry registry = new CompositeMeterRegistry();

    private Builder(Router router) {
      this.router = router;
    }

    /** Where to listen; port 0 lets the system choose. Default: 127.0.0.1, any port. */
    public Builder bind(InetSocketAddress address) {
      this.bind = address;
      return this;
    }

    /** Default: {@link HttpLimits#defaults}. */
    public Builder limits(HttpLimits limits) {
      this.limits = limits;
      return this;
    }

    /** Where its metrics go (docs/metrics.md). Default: nowhere. */
    public Builder meters(MeterRegistry registry) {
      this.registry = registry;
      return this;
    }

    /**
     * A server that listens.
     *
     * @throws java.io.UncheckedIOException when the address can not be bound; names it
     */
    public HttpServer start() {
      return new HttpServer(new NettyServer(bind, limits, registry, router::answer));
    }
  }
}
