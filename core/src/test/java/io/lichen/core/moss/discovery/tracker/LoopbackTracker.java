// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A tracker on loopback that speaks HTTP and UDP about the same swarms and remembers what it was
 * told. It believes every port and knows no address but 127.0.0.1.
 */
public final class LoopbackTracker implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final long CONNECTION = 0x1234_5678_9abc_def0L;

  /** Announces as {@code carrier event port}, in the order in which they came. */
  public final List<String> announces = new CopyOnWriteArrayList<>();

  private final Map<String, Map<String, Integer>> swarms = new HashMap<>();
  private final HttpServer http;
  private final DatagramSocket udp;
  private final Thread udpThread;

  /** Starts one on free ports. */
  public LoopbackTracker() {
    try {
      http = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
      udp = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.createContext("/announce", this::answerHttp);
    http.start();
    udpThread = Thread.ofVirtual().start(this::serveUdp);
  }

  /** Its URL over HTTP. */
  public String httpUrl() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/announce";
  }

  /** Its URL over UDP. */
  public String udpUrl() {
    return "udp://127.0.0.1:" + udp.getLocalPort() + "/announce";
  }

  private void answerHttp(HttpExchange exchange) throws IOException {
    Map<String, String> query = new HashMap<>();
    for (String part : exchange.getRequestURI().getRawQuery().split("&", -1)) {
      String[] pair = part.split("=", 2);
      query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.ISO_8859_1));
    }
    byte[] peers =
        announced(
            "http",
            query.getOrDefault("info_hash", ""),
            query.getOrDefault("peer_id", ""),
            query.getOrDefault("event", "none"),
            Integer.parseInt(query.getOrDefault("port", "0")));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes(
        ("d8:intervali60e5:peers" + peers.length + ":").getBytes(StandardCharsets.US_ASCII));
    answer.writeBytes(peers);
    answer.write('e');
    exchange.sendResponseHeaders(200, answer.size());
    answer.writeTo(exchange.getResponseBody());
    exchange.close();
  }

  private void serveUdp() {
    byte[] buffer = new byte[200];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        byte[] answer = answerUdp(ByteBuffer.wrap(buffer, 0, packet.getLength()));
        udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        // Closed, or nobody waits for the answer.
      }
    }
  }

  private byte[] answerUdp(ByteBuffer packet) {
    long connection = packet.getLong();
    int action = packet.getInt();
    int transaction = packet.getInt();
    if (action == 0) {
      return ByteBuffer.allocate(16).putInt(0).putInt(transaction).putLong(CONNECTION).array();
    }
    if (connection != CONNECTION) {
      return ByteBuffer.allocate(8).putInt(3).putInt(transaction).array();
    }
    byte[] ids = new byte[40];
    packet.get(ids);
    int code = packet.getInt(80);
    AnnounceEvent event =
        Arrays.stream(AnnounceEvent.values()).filter(e -> e.code() == code).findAny().orElseThrow();
    byte[] peers =
        announced(
            "udp",
            text(ids, 0),
            text(ids, 20),
            event.name().toLowerCase(Locale.ROOT),
            Short.toUnsignedInt(packet.getShort(96)));
    return ByteBuffer.allocate(20 + peers.length)
        .putInt(1)
        .putInt(transaction)
        .putInt(60)
        .putLong(0)
        .put(peers)
        .array();
  }

  private static String text(byte[] octets, int offset) {
    return new String(octets, offset, 20, StandardCharsets.ISO_8859_1);
  }

  /** Takes note of an announce; answers the whole swarm, whoever asks included. */
  private synchronized byte[] announced(
      String carrier, String infoHash, String peerId, String event, int port) {
    announces.add(carrier + " " + event + " " + port);
    String name = HexFormat.of().formatHex(infoHash.getBytes(StandardCharsets.ISO_8859_1));
    Map<String, Integer> swarm = swarms.computeIfAbsent(name, n -> new HashMap<>());
    if (event.equals("stopped")) {
      swarm.remove(peerId);
    } else {
      swarm.put(peerId, port);
    }
    ByteBuffer peers = ByteBuffer.allocate(6 * swarm.size());
    swarm.values().forEach(p -> peers.put(LOOPBACK.getAddress()).putShort((short) (int) p));
    return peers.array();
  }

  @Override
  public void close() {
    http.stop(0);
    udp.close();
    try {
      udpThread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
