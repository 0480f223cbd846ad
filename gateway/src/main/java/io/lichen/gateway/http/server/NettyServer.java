// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.Answer;
import io.lichen.gateway.http.HttpLimits;
import io.lichen.gateway.http.Request;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening socket with its loops and connections. Thread-safe. */
public final class NettyServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NettyServer.class);
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final Duration LAST_GRACE = Duration.ofMillis(250);
  private static final int BACKLOG = 1024;

  private final EventLoopGroup group = Sockets.newLoops();
  private final Map<EventLoop, Loop> loops;
  private final Core core;
  private final Connections connections;
  private final Channel listening;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Listens.
   *
   * @param answers called on virtual threads
   * @throws UncheckedIOException when the address can not be bound
   */
  public NettyServer(
      InetSocketAddress address,
      HttpLimits limits,
      MeterRegistry registry,
      Function<Request, Answer> answers) {
    this.core = Core.of(limits, registry, answers);
    this.connections = new Connections(limits, core.meters());
    this.loops =
        StreamSupport.stream(group.spliterator(), false)
            .map(EventLoop.class::cast)
            .collect(Collectors.toUnmodifiableMap(events -> events, Loop::new));
    loops.values().forEach(loop -> loop.start(Ticks.of(limits)));
    this.listening = bind(address);
    core.meters().open(address());
  }

  private Channel bind(InetSocketAddress address) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channelFactory(Sockets::newServer)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Setup());
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      shutDown();
      throw new UncheckedIOException(
          new IOException("cannot listen for HTTP on " + address, bound.cause()));
    }
    return bound.channel();
  }

  private final class Setup extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      if (!connections.add(channel)) {
        Wire.close(channel);
        return;
      }
      Loop loop = Objects.requireNonNull(loops.get(channel.eventLoop()));
      HttpConnection http = new HttpConnection(core, loop, channel);
      channel
          .pipeline()
          .addLast(new RequestDecoder(core.limits(), http::onBytes))
          .addLast(new HttpResponseEncoder())
          .addLast(http);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listening.localAddress();
  }

  /** Sends a text to the subscribers of a channel; how many there were. */
  public int publish(String channel, String text) {
    return core.channels().publish(channel, () -> Frames.text(Wire.buffers(), text));
  }

  /** {@link #publish(String, String)} for bytes. */
  public int publish(String channel, byte[] data) {
    return core.channels().publish(channel, () -> Frames.binary(Wire.buffers(), data));
  }

  /** Stops within two seconds, whatever handlers do. Idempotent. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    core.stopping().set(true);
    listening.close().awaitUninterruptibly();
    Collection<Loop> all = loops.values();
    all.forEach(Loop::stop);
    try {
      if (!connections.awaitNone(GRACE)) {
        connections.close();
        connections.awaitNone(LAST_GRACE);
      }
      if (!core.workers().stop(LAST_GRACE)) {
        LOG.warn("a handler went on after the server had stopped, and an interrupt");
      }
    } catch (InterruptedException e) {
      connections.close();
      Thread.currentThread().interrupt();
    }
    shutDown();
    core.meters().close();
  }

  private void shutDown() {
    group
        .shutdownGracefully(0, LAST_GRACE.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(LAST_GRACE.toMillis() * 2);
  }
}
