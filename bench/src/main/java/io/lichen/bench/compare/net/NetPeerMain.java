// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.net;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.bench.compare.ProcessMemory;
import io.lichen.core.net.DeliveryOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A process with one Lichen node, which answers the same operations as the native's script
 * (native_node.py), as far as measuring needs them.
 */
final class NetPeerMain {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final NetDriver.Factory factory;
  private final byte[] psk;
  private NetPeer peer;
  private long allocatedBefore;

  private NetPeerMain(NetDriver.Factory factory, byte[] psk) {
    this.factory = factory;
    this.psk = psk;
    this.peer = new NetPeer(factory, psk);
  }

  /** Takes {@code node}, {@code inline} or {@code transport}, and the pre-shared key in hex. */
  public static void main(String[] args) throws Exception {
    PrintStream replies = System.out;
    System.setOut(System.err);
    NetPeerMain main = new NetPeerMain(factory(args[0]), HexFormat.of().parseHex(args[1]));
    ObjectNode ready = JSON.createObjectNode().put("type", "ready");
    main.ready(ready);
    replies.println(ready);
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode command = JSON.readTree(line);
        ObjectNode reply = JSON.createObjectNode().put("type", "reply").put("code", 0);
        main.execute(command, reply);
        replies.println(reply);
        replies.flush();
      }
    }
    System.exit(0);
  }

  private static NetDriver.Factory factory(String kind) {
    DeliveryOptions options = DeliveryOptions.defaults();
    return switch (kind) {
      case "node" -> (psk, receiver) -> new NodeDriver(psk, receiver, options);
      case "inline" -> (psk, receiver) -> new NodeDriver(psk, receiver, options.withInline(true));
      case "transport" -> TransportDriver::new;
      default -> throw new IllegalArgumentException("no kind of node: " + kind);
    };
  }

  private void execute(JsonNode op, ObjectNode reply) throws Exception {
    switch (op.path("op").asText()) {
      case "accept" -> peer.accept(id(op, "nodeId"));
      case "connect" ->
          reply.put(
              "elapsedNs",
              peer.connect(
                  op.path("address").asText(),
                  HexFormat.of().parseHex(op.path("publicKey").asText()),
                  id(op, "nodeId")));
      case "start" -> peer.start();
      case "openStream" -> openStream(op);
      case "load" -> load(op, reply);
      case "tally" -> {
        peer.tally();
        allocatedBefore = ProcessMemory.allocatedBytes();
      }
      case "awaitTally" -> awaitTally(op, reply);
      case "echo" -> peer.echo();
      case "roundTrips" -> roundTrips(op, reply);
      case "renew" -> {
        peer.close();
        peer = new NetPeer(factory, psk);
        ready(reply);
      }
      case "memory" -> ProcessMemory.tell(reply);
      default -> throw new IllegalArgumentException("unknown op in " + op);
    }
  }

  private void ready(ObjectNode line) {
    line.put("publicKey", HexFormat.of().formatHex(peer.publicKey()))
        .put("nodeId", Long.toUnsignedString(peer.nodeId()))
        .put("address", peer.address());
  }

  private void openStream(JsonNode op) {
    peer.openStream(
        id(op, "peer"),
        id(op, "stream"),
        op.path("reliability").asText().equals("reliable"),
        op.path("windowBytes").asInt(NetPeer.DEFAULT_WINDOW_BYTES));
  }

  private void load(JsonNode op, ObjectNode reply) {
    long allocated = ProcessMemory.allocatedBytes();
    long beginNs = System.nanoTime();
    long sent =
        peer.load(
            op.path("sizeBytes").asInt(),
            op.path("batch").asInt(),
            op.path("durationMs").asLong() * 1_000_000);
    reply
        .put("sent", sent)
        .put("beginNs", beginNs)
        .put("allocatedBytes", ProcessMemory.allocatedBytes() - allocated);
  }

  private void awaitTally(JsonNode op, ObjectNode reply) throws InterruptedException {
    EventTally.Count count =
        peer.awaitTally(op.path("expected").asLong(), op.path("quietMs").asLong());
    reply
        .put("count", count.events())
        .put("lastNs", count.lastNs())
        .put("allocatedBytes", ProcessMemory.allocatedBytes() - allocatedBefore);
  }

  private void roundTrips(JsonNode op, ObjectNode reply) throws InterruptedException {
    ArrayNode times = reply.putArray("timesNs");
    for (long ns : peer.roundTrips(op.path("sizeBytes").asInt(), op.path("count").asInt())) {
      times.add(ns);
    }
  }

  private static long id(JsonNode op, String name) {
    return Long.parseUnsignedLong(op.path(name).asText());
  }
}
