// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.mesh;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Many WebSockets of a gateway on one thread, as cheap as they can be: what is measured is the
 * gateway. Each frame is JSON whose data begins with the time at which it was published.
 */
final class Sockets implements AutoCloseable {
  private static final byte[] MASK = new byte[4];
  private static final int READ_BYTES = 64 * 1024;
  private static final String DATA = "\"data\":\"";
  private static final int TIME_CHARS = 12;

  private final Selector selector = Selector.open();
  private final List<SocketChannel> channels = new ArrayList<>();
  private final ByteBuffer shared = ByteBuffer.allocateDirect(READ_BYTES);
  private final Thread thread = new Thread(this::run, "onlookers");
  private volatile Latencies latencies = new Latencies(0);

  /** The part of a frame that has come. */
  private static final class Partial {
    private ByteBuffer bytes = ByteBuffer.allocate(0);
  }

  Sockets() throws IOException {
    thread.setDaemon(true);
  }

  /** One more client, which subscribes to channels. Before {@link #start}. */
  void add(InetSocketAddress gateway, List<String> subscriptions) throws IOException {
    SocketChannel channel = SocketChannel.open(gateway);
    String host = "127.0.0.1:" + gateway.getPort();
    write(
        channel,
        ("GET /v1/ws HTTP/1.1\r\nHost: "
                + host
                + "\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    readUntil(channel, "\r\n\r\n");
    for (String name : subscriptions) {
      write(channel, frame("{\"op\":\"subscribe\",\"channel\":\"" + name + "\",\"id\":1}"));
      readUntil(channel, "}");
    }
    channels.add(channel);
  }

  /** Reads from now on. */
  void start() throws IOException {
    for (SocketChannel channel : channels) {
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, new Partial());
    }
    thread.start();
  }

  /** Where the times of what comes from now on go. */
  void measure(Latencies next) {
    latencies = next;
  }

  private void run() {
    try {
      while (selector.isOpen()) {
        selector.select(this::read);
      }
    } catch (IOException | RuntimeException e) {
      if (selector.isOpen()) {
        throw new IllegalStateException("an onlooker failed", e);
      }
    }
  }

  private void read(SelectionKey key) {
    Partial partial = (Partial) key.attachment();
    shared.clear();
    try {
      if (((SocketChannel) key.channel()).read(shared) < 0) {
        throw new IllegalStateException("the gateway closed an onlooker");
      }
    } catch (IOException e) {
      throw new IllegalStateException("an onlooker failed", e);
    }
    shared.flip();
    ByteBuffer all = ByteBuffer.allocate(partial.bytes.remaining() + shared.remaining());
    all.put(partial.bytes).put(shared).flip();
    long nowNs = System.nanoTime();
    while (take(all, nowNs)) {}
    partial.bytes = all;
  }

  /** Takes one frame; false when it is not whole yet. */
  private boolean take(ByteBuffer bytes, long nowNs) {
    bytes.mark();
    if (bytes.remaining() < 4) {
      return false;
    }
    int opcode = bytes.get() & 0x0F;
    int length = bytes.get();
    length = length == 126 ? bytes.getShort() & 0xFFFF : length;
    if (bytes.remaining() < length) {
      bytes.reset();
      return false;
    }
    byte[] data = new byte[length];
    bytes.get(data);
    if (opcode == 1) {
      count(new String(data, StandardCharsets.ISO_8859_1), nowNs);
    }
    return true;
  }

  private void count(String json, long nowNs) {
    int at = json.indexOf(DATA);
    if (at >= 0) {
      int begin = at + DATA.length();
      byte[] time = Base64.getDecoder().decode(json.substring(begin, begin + TIME_CHARS));
      latencies.add(nowNs - ByteBuffer.wrap(time).getLong());
    }
  }

  private static byte[] frame(String text) {
    byte[] data = text.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(6 + data.length)
        .put((byte) 0x81)
        .put((byte) (0x80 | data.length))
        .put(MASK)
        .put(data)
        .array();
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static void readUntil(SocketChannel channel, String end) throws IOException {
    StringBuilder seen = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (seen.indexOf(end) < 0) {
      one.clear();
      if (channel.read(one) < 0) {
        throw new IOException("the gateway closed after: " + seen);
      }
      seen.append((char) one.get(0));
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }
}
