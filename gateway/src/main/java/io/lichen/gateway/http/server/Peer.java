// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.WebSocketPeer;
import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/** A WebSocket's client as handlers see it. Thread-safe. */
final class Peer implements WebSocketPeer {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 16;

  private final String id;
  private final Request request;
  private final WebSocketConnection connection;
  private final Outbox outbox;
  private final Loop loop;
  private final Channels channels;
  private final Set<String> subscribed = new HashSet<>();
  private volatile boolean open = true;

  Peer(Request request, WebSocketConnection connection, Outbox outbox, Loop loop, Core core) {
    byte[] bytes = new byte[ID_BYTES];
    RANDOM.nextBytes(bytes);
    this.id = HexFormat.of().formatHex(bytes);
    this.request = request;
    this.connection = connection;
    this.outbox = outbox;
    this.loop = loop;
    this.channels = core.channels();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean sendText(String text) {
    return open && send(Frames.text(Wire.buffers(), text));
  }

  @Override
  public boolean sendBinary(byte[] data) {
    return open && send(Frames.binary(Wire.buffers(), data));
  }

  @Override
  public boolean pong(byte[] data) {
    return open && send(Frames.pong(Wire.buffers(), data));
  }

  @Override
  public boolean awaitRoom(Duration timeout) throws InterruptedException {
    return outbox.awaitRoom(timeout);
  }

  @Override
  public void subscribe(String channel) {
    synchronized (subscribed) {
      if (open && subscribed.add(channel)) {
        channels.subscribe(channel, this);
      }
    }
  }

  @Override
  public void unsubscribe(String channel) {
    synchronized (subscribed) {
      if (subscribed.remove(channel)) {
        channels.unsubscribe(channel, this);
      }
    }
  }

  @Override
  public void publish(String channel, String text) {
    channels.publish(channel, () -> Frames.text(Wire.buffers(), text));
  }

  @Override
  public void publishBinary(String channel, byte[] data) {
    channels.publish(channel, () -> Frames.binary(Wire.buffers(), data));
  }

  @Override
  public void close(int code, String reason) {
    if (!CloseCode.isSendable(code)) {
      throw new IllegalArgumentException(
          code + " is no close code, which is 1000 to 1014 or 3000 to 4999");
    }
    loop.execute(() -> connection.close(code, reason));
  }

  /** Where its connection belongs. */
  Loop loop() {
    return loop;
  }

  /** What was published. On the loop. */
  void deliver(ByteBuf frame) {
    outbox.announce(frame.readableBytes());
    connection.write(frame);
  }

  /** It is in no channel any more, nor will be. */
  void leave() {
    synchronized (subscribed) {
      open = false;
      subscribed.forEach(channel -> channels.unsubscribe(channel, this));
      subscribed.clear();
    }
  }

  private boolean send(ByteBuf frame) {
    int size = frame.readableBytes();
    outbox.announce(size);
    boolean taken = loop.hand(size, () -> connection.write(frame));
    if (!taken) {
      frame.release();
    }
    return taken;
  }
}
