// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;

/** A server that answers by a {@link Router}. Thread-safe; several may live in one process. */
public final class HttpServer implements AutoCloseable {
  private HttpServer() {}

  /** For a server that answers by {@code router}. */
  public static Builder builder(Router router) {
    return new Builder(router);
  }

  /** Where it listens, with the port that the system chose. */
  public InetSocketAddress address() {
    throw new UnsupportedOperationException();
  }

  /** Sends a text to every WebSocket that is subscribed to a channel; how many there were. */
  public int publish(String channel, String text) {
    throw new UnsupportedOperationException();
  }

  /** {@link #publish(String, String)} for bytes. */
  public int publish(String channel, byte[] data) {
    throw new UnsupportedOperationException();
  }

  /**
   * Stops: WebSockets are closed with 1001, event streams end, requests under way have up to a
   * second, and the port is free again within two. Idempotent.
   */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  /** What a server is made of. */
  public static final class Builder {
    @SuppressWarnings("UnusedVariable") // The server is being built.
    private Builder(Router router) {}

    /** Where to listen; port 0 lets the system choose. Default: 127.0.0.1, any port. */
    public Builder bind(InetSocketAddress address) {
      throw new UnsupportedOperationException();
    }

    /** Default: {@link HttpLimits#defaults}. */
    public Builder limits(HttpLimits limits) {
      throw new UnsupportedOperationException();
    }

    /** Where its metrics go (docs/metrics.md). Default: nowhere. */
    public Builder meters(MeterRegistry registry) {
      throw new UnsupportedOperationException();
    }

    /**
     * A server that listens.
     *
     * @throws java.io.UncheckedIOException when the address can not be bound; names it
     */
    public HttpServer start() {
      throw new UnsupportedOperationException();
    }
  }
}
