// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.Body;
import io.lichen.gateway.http.Headers;
import io.lichen.gateway.http.Request;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One connection on its loop: a request is read, answered, and only then the next one. What a
 * client sends ahead waits in the order in which it came.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter implements Loop.Timed {
  private static final byte[] NO_BODY = {};

  private final Core core;
  private final Loop loop;
  private final Channel channel;
  private final InetSocketAddress remote;
  private final ConnectionClock clock;
  private final Queue<Object> early = new ArrayDeque<>();
  private @Nullable RequestReader reading;
  private boolean answering;
  private boolean ending;
  private boolean inputEnded;

  HttpConnection(Core core, Loop loop, Channel channel) {
    this.core = core;
    this.loop = loop;
    this.channel = channel;
    this.remote = (InetSocketAddress) channel.remoteAddress();
    this.clock = new ConnectionClock(core.limits());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext unused) {
    loop.watch(channel, this);
  }

  /** Bytes have come, whatever they are. */
  void onBytes() {
    clock.bytes();
  }

  @Override
  public void channelRead(ChannelHandlerContext unused, Object message) {
    if (ending) {
      ReferenceCountUtil.release(message);
    } else if (answering) {
      early.add(message);
      channel.config().setAutoRead(false);
    } else {
      take(message);
    }
  }

  private void take(Object message) {
    try {
      if (message instanceof HttpRequest head) {
        begin(head);
      }
      if (message instanceof HttpContent piece && reading != null && !ending) {
        continueWith(piece, reading);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(HttpRequest head) {
    clock.body();
    Refusal refusal = RequestChecks.refusal(head, core.limits().maxBodyBytes());
    if (refusal != null) {
      refuse(refusal);
      return;
    }
    reading = new RequestReader(head, core.limits().maxBodyBytes());
    if (reading.expectsContinue() && reading.isCurrent()) {
      Wire.send(
          channel, new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
  }

  private void continueWith(HttpContent piece, RequestReader reader) {
    boolean last = piece instanceof LastHttpContent;
    if (piece.decoderResult().isFailure()) {
      refuse(RequestChecks.of(piece.decoderResult()));
    } else if (!reader.add(piece.content(), last)) {
      refuse(Refusal.BODY_TOO_LARGE);
    } else if (last) {
      answer(reader.request(remote));
    }
  }

  private void answer(Request request) {
    answering = true;
    clock.answer();
    boolean started =
        core.workers()
            .start(
                () -> {
                  Reply reply = Reply.to(request, core.answers());
                  if (!loop.execute(() -> reply(reply))) {
                    reply.discard();
                  }
                });
    if (!started) {
      Wire.close(channel);
    }
  }

  private void reply(Reply reply) {
    RequestReader reader = reading;
    if (reader == null || !channel.isActive()) {
      reply.discard();
      return;
    }
    // What stands around a route may have made another answer of an upgrade.
    boolean upgrades = reply.response().status() == 101;
    Refusal refusal = upgrades ? WebSocketUpgrade.refusal(reply, core) : null;
    Reply actual = refusal == null ? reply : reply.instead(refusal);
    count(actual, reader);
    switch (actual.response().body()) {
      case Body.Upgrade upgrade when upgrades -> upgrade(actual, upgrade);
      case Body.Events events when !reader.isHead() -> stream(actual, events, reader.isCurrent());
      default -> write(actual, reader);
    }
  }

  private void write(Reply reply, RequestReader reader) {
    boolean keepAlive = mayKeepAlive(reader, reply);
    clock.write();
    ChannelFuture sent = ResponseWriter.write(channel, reply, reader.isHead(), keepAlive);
    Wire.after(sent, () -> written(sent.isSuccess() && keepAlive));
  }

  private boolean mayKeepAlive(RequestReader reader, Reply reply) {
    return reader.keepsAlive()
        && !inputEnded
        && !core.stopping().get()
        && !reply.response().headers().hasToken("Connection", "close");
  }

  private void count(Reply reply, RequestReader reader) {
    long ns = System.nanoTime() - reader.beganNs();
    Request request = reply.request();
    core.meters().answered(request.method(), request.route(), reply.response().status(), ns);
  }

  private void written(boolean keepAlive) {
    answering = false;
    reading = null;
    if (!keepAlive) {
      end();
      return;
    }
    clock.idle();
    while (!early.isEmpty() && !answering && !ending) {
      take(early.remove());
    }
    if (!answering && !ending) {
      channel.config().setAutoRead(true);
    }
  }

  private void upgrade(Reply reply, Body.Upgrade upgrade) {
    if (!early.isEmpty()) {
      // A client that does not wait for the answer means something else.
      core.webSockets().decrementAndGet();
      Wire.close(channel);
      return;
    }
    answering = false;
    WebSocketUpgrade.perform(core, loop, channel, reply, upgrade.handler());
  }

  private void stream(Reply reply, Body.Events events, boolean chunked) {
    answering = false;
    reading = null;
    clock.answer();
    dropEarly();
    channel.config().setAutoRead(true);
    EventStream stream = new EventStream(core, loop, channel, chunked);
    ending = true;
    loop.watch(channel, stream);
    Wire.after(channel.closeFuture(), stream::onGone);
    stream.start(reply, events.source(), this::end);
  }

  private void refuse(Refusal refusal) {
    Request request = Request.of("", "", Headers.none(), NO_BODY, remote);
    Reply reply = new Reply(request, refusal.response(), null);
    core.meters().answered("", "", reply.response().status(), 0);
    ending = true;
    clock.write();
    Wire.after(ResponseWriter.write(channel, reply, false, false), this::end);
  }

  /** Lets the client read to the end before the connection goes: a reset would take the rest. */
  private void end() {
    ending = true;
    reading = null;
    dropEarly();
    if (inputEnded || !channel.isActive()) {
      Wire.close(channel);
    } else {
      loop.watch(channel, this);
      clock.linger();
      Wire.endOutput(channel);
      channel.config().setAutoRead(true);
    }
  }

  private void dropEarly() {
    early.forEach(ReferenceCountUtil::release);
    early.clear();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      if (!answering) {
        Wire.close(channel);
      }
    }
  }

  @Override
  public void onTick(long nowNs) {
    clock.written(Wire.progress(channel));
    switch (clock.verdict(nowNs)) {
      case FINE -> {}
      case ANSWER -> refuse(Refusal.TIMEOUT);
      case CLOSE -> Wire.close(channel);
    }
  }

  @Override
  public void onStop() {
    if (!answering && !ending) {
      Wire.close(channel);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext unused) {
    ending = true;
    dropEarly();
    loop.forget(channel);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
    Wire.close(channel);
  }
}
