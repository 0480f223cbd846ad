// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Many WebSocket clients on one thread, which cost little themselves. */
final class SocketCrowd implements Runnable {
  private static final int MAX_TIMES = 1 << 20;
  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final int port;
  private final Selector selector = Selector.open();
  private final long[] timesNs = new long[MAX_TIMES];
  private int count;

  SocketCrowd(int port) throws IOException {
    this.port = port;
  }

  /**
   * One more client; before it runs.
   *
   * @param timed whether the times of its messages count
   */
  void join(List<String> channels, boolean timed) throws IOException {
    SocketChannel socket =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    write(
        socket,
        ("GET /v1/ws HTTP/1.1\r\nHost: 127.0.0.1:"
                + port
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    readHead(socket);
    for (String channel : channels) {
      write(socket, frame("{\"op\":\"subscribe\",\"channel\":\"" + channel + "\"}"));
    }
    socket.configureBlocking(false);
    socket.register(selector, SelectionKey.OP_READ, new FrameReader(timed ? this::took : ns -> {}));
  }

  private static void readHead(SocketChannel socket) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    for (int matched = 0; matched < HEAD_END.length; ) {
      if (socket.read(one.clear()) < 0) {
        throw new IOException("the gateway refuses a WebSocket");
      }
      matched = one.get(0) == HEAD_END[matched] ? matched + 1 : one.get(0) == HEAD_END[0] ? 1 : 0;
    }
  }

  /** A text frame with a mask of zeros, which changes nothing. */
  private static byte[] frame(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(6 + payload.length)
        .put((byte) 0x81)
        .put((byte) (0x80 | payload.length))
        .putInt(0)
        .put(payload)
        .array();
  }

  private static void write(SocketChannel socket, byte[] bytes) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      socket.write(out);
    }
  }

  @Override
  public void run() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    try {
      while (true) {
        selector.select(key -> read(key, buffer));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(SelectionKey key, ByteBuffer buffer) {
    try {
      if (((SocketChannel) key.channel()).read(buffer.clear()) < 0) {
        throw new IllegalStateException("the gateway has closed a WebSocket");
      }
      ((FrameReader) key.attachment()).read(buffer.flip(), frame -> pong(key, frame));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Who does not answer pings is closed. */
  private static void pong(SelectionKey key, ByteBuffer ping) {
    try {
      write((SocketChannel) key.channel(), new byte[] {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0});
    } catch (IOException e) {
      throw new UncheckedIOException("no pong to a ping of " + ping.remaining() + " bytes", e);
    }
  }

  private synchronized void took(long ns) {
    if (count < MAX_TIMES) {
      timesNs[count++] = ns;
    }
  }

  /** Messages since this was last called, and their times: {@code count p50 p99}. */
  synchronized String takeFigures() {
    long[] sorted = Arrays.copyOf(timesNs, count);
    Arrays.sort(sorted);
    String figures =
        String.format(
            Locale.ROOT, "%d %.1f %.1f", count, micros(sorted, 0.5), micros(sorted, 0.99));
    count = 0;
    return figures;
  }

  private static double micros(long[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.round(share * (sorted.length - 1))] / 1e3;
  }
}
