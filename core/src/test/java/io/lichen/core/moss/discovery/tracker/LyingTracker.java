// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A tracker on loopback that lies over HTTP, in as many ways as it has paths. */
public final class LyingTracker implements AutoCloseable {
  private static final int ENTRY_BYTES = 6;

  /** How often it was asked, whichever way. */
  public final AtomicInteger asked = new AtomicInteger();

  private final HttpServer http;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Starts one on a free port. */
  public LyingTracker() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(executor);
    http.createContext("/garbage", exchange -> answer(exchange, garbage()));
    http.createContext("/crowd", exchange -> answer(exchange, peers(crowd())));
    http.createContext("/nowhere", exchange -> answer(exchange, peers(nowhere(exchange))));
    http.createContext("/mute", this::neverAnswer);
    http.createContext("/endless", this::answerWithoutEnd);
    http.start();
  }

  /** One URL for each lie. */
  public List<String> urls() {
    String place = "http://127.0.0.1:" + http.getAddress().getPort();
    return List.of(
        place + "/garbage",
        place + "/crowd",
        place + "/nowhere",
        place + "/mute",
        place + "/endless");
  }

  private void answer(HttpExchange exchange, byte[] body) throws IOException {
    asked.incrementAndGet();
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static byte[] garbage() {
    byte[] octets = new byte[1000];
    new Random(1).nextBytes(octets);
    return octets;
  }

  /** Wants to be asked again at once. */
  private static byte[] peers(byte[] compact) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes(
        ("d8:intervali0e5:peers" + compact.length + ":").getBytes(StandardCharsets.US_ASCII));
    answer.writeBytes(compact);
    answer.write('e');
    return answer.toByteArray();
  }

  /** Ten thousand that are not there. */
  private static byte[] crowd() {
    ByteBuffer all = ByteBuffer.allocate(10_000 * ENTRY_BYTES);
    IntStream.range(0, 10_000).forEach(i -> all.putInt(0x7f01_0000 + i).putShort((short) 1));
    return all.array();
  }

  /** Whoever asks, everybody, and nobody. */
  private static byte[] nowhere(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    int ownPort =
        Arrays.stream(query.split("&", -1))
            .filter(part -> part.startsWith("port="))
            .mapToInt(part -> Integer.parseInt(part.substring("port=".length())))
            .findFirst()
            .orElse(1);
    ByteBuffer all = ByteBuffer.allocate(5 * ENTRY_BYTES);
    all.putInt(0x7f00_0001).putShort((short) ownPort);
    all.putInt(0x7f00_0001).putShort((short) 0);
    all.putInt(0).putShort((short) 1);
    all.putInt(0xe000_0001).putShort((short) 1);
    all.putInt(0xffff_ffff).putShort((short) 1);
    return all.array();
  }

  private void neverAnswer(HttpExchange exchange) {
    asked.incrementAndGet();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private void answerWithoutEnd(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    exchange.sendResponseHeaders(200, 0);
    byte[] some = new byte[8192];
    Arrays.fill(some, (byte) '1');
    try (OutputStream body = exchange.getResponseBody()) {
      while (closed.getCount() > 0) {
        body.write(some);
      }
    } catch (IOException e) {
      // Nobody listens any more.
    }
  }

  @Override
  public void close() {
    closed.countDown();
    http.stop(0);
    executor.close();
  }
}
