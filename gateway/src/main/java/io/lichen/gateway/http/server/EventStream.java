// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.EventSink;
import io.lichen.gateway.http.EventSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Server-sent events to one client: a source on a thread of its own, and what it sends. */
final class EventStream implements EventSink, Loop.Timed {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final String COMMENT = ":\n\n";

  private final Core core;
  private final Loop loop;
  private final Channel channel;
  private final boolean chunked;
  private final Outbox outbox;
  private final Duration patience;
  private final long commentNs;
  private Runnable onEnd = () -> {};
  private long commentedNs = System.nanoTime();
  private volatile boolean over;
  private volatile @Nullable Thread thread;

  /**
   * @param chunked whether the client understands chunks; else the connection's end is the end
   */
  EventStream(Core core, Loop loop, Channel channel, boolean chunked) {
    this.core = core;
    this.loop = loop;
    this.channel = channel;
    this.chunked = chunked;
    this.outbox = new Outbox(channel, loop, core.limits());
    this.patience = core.limits().silenceTimeout();
    this.commentNs = core.limits().pingInterval().toNanos();
  }

  /**
   * Writes the header and starts the source. On the loop.
   *
   * @param whenSent runs on the loop after the stream has come to a good end
   */
  void start(Reply reply, EventSource source, Runnable whenSent) {
    onEnd = whenSent;
    HttpHeaders headers = ResponseHead.closing(ResponseHead.of(reply.response()));
    if (chunked) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    HttpResponseStatus status = HttpResponseStatus.valueOf(reply.response().status());
    core.meters().eventStreams().incrementAndGet();
    Wire.send(channel, new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, headers));
    if (!core.workers().start(() -> run(source))) {
      finish(true);
    }
  }

  private void run(EventSource source) {
    thread = Thread.currentThread();
    boolean good = true;
    try {
      if (!over) {
        source.run(this);
      }
    } catch (InterruptedException e) {
      // The client is gone, or the server stops: that is an end like any other.
    } catch (Exception e) {
      LOG.warn("source of an event stream failed", e);
      good = false;
    }
    boolean whole = good;
    loop.execute(() -> finish(whole));
  }

  @Override
  public void send(@Nullable String id, @Nullable String event, String data)
      throws InterruptedException {
    ByteBuf text = ByteBufUtil.writeUtf8(channel.alloc(), EventText.of(id, event, data));
    int size = text.readableBytes();
    try {
      awaitRoom(size);
    } catch (InterruptedException e) {
      text.release();
      throw e;
    }
    outbox.announce(size);
    if (!loop.execute(() -> add(text, size))) {
      text.release();
    }
  }

  private void awaitRoom(int size) throws InterruptedException {
    if (!outbox.awaitProgress(size, patience)) {
      if (isOpen()) {
        core.meters().slowConsumer();
        Wire.close(channel);
      }
      throw new InterruptedException("the client is gone, or took nothing for too long");
    }
  }

  private void add(ByteBuf text, int size) {
    outbox.add(new DefaultHttpContent(text), size);
  }

  @Override
  public boolean isOpen() {
    return !over && !outbox.isClosed();
  }

  private void finish(boolean good) {
    core.meters().eventStreams().decrementAndGet();
    over = true;
    if (!good || !channel.isActive()) {
      Wire.close(channel);
    } else {
      Object last = chunked ? LastHttpContent.EMPTY_LAST_CONTENT : Unpooled.EMPTY_BUFFER;
      Wire.after(outbox.addLast(last), onEnd);
    }
  }

  /** The connection is closed. */
  void onGone() {
    loop.forget(channel);
    interrupt();
  }

  @Override
  public void onStop() {
    interrupt();
  }

  @Override
  public void onTick(long nowNs) {
    if (nowNs - commentedNs >= commentNs && isOpen()) {
      commentedNs = nowNs;
      ByteBuf comment = ByteBufUtil.writeUtf8(channel.alloc(), COMMENT);
      outbox.announce(COMMENT.length());
      add(comment, COMMENT.length());
    }
  }

  private void interrupt() {
    over = true;
    outbox.close();
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
