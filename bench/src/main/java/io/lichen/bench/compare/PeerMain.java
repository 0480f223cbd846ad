// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The process under measurement: one node, commanded by JSON lines on stdin, one reply a line on
 * stdout. It makes the load and counts the arrivals itself, so that the pipe to the parent carries
 * no messages.
 */
final class PeerMain {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MeshDriver.Factory factory;
  private final Arrivals arrivals = new Arrivals();
  private MeshDriver node;
  private long allocatedBefore;

  private PeerMain(MeshDriver.Factory factory) {
    this.factory = factory;
    this.node = factory.open(arrivals);
  }

  /** Takes one argument: {@code lichen}, {@code native} or {@code native-high-throughput}. */
  public static void main(String[] args) throws Exception {
    PrintStream replies = System.out;
    System.setOut(System.err);
    PeerMain peer =
        new PeerMain(
            args[0].equals("lichen")
                ? LichenDriver::new
                : NativeDriver.factory(args[0].equals("native-high-throughput")));
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        ObjectNode reply = JSON.createObjectNode();
        peer.execute(JSON.readTree(line), reply);
        replies.println(reply);
        replies.flush();
      }
    }
    peer.node.close();
    System.exit(0);
  }

  private void execute(JsonNode command, ObjectNode reply) throws Exception {
    switch (command.path("op").asText()) {
      case "port" -> reply.put("port", node.port());
      case "renew" -> {
        node.close();
        node = factory.open(arrivals);
      }
      case "subscribe" -> {
        arrivals.reset();
        node.subscribe(command.path("channel").asText());
      }
      case "connect" -> node.connect(command.path("address").asText());
      case "probe" -> node.publish(command.path("channel").asText(), payload(8, Arrivals.PROBE));
      case "awaitProbe" -> {
        reply.put("ok", arrivals.awaitProbe(command.path("timeoutMs").asLong()));
        allocatedBefore = ProcessMemory.allocatedBytes();
      }
      case "publish" -> publish(command, reply);
      case "await" -> {
        Arrivals.Count count =
            arrivals.await(command.path("expected").asLong(), command.path("quietMs").asLong());
        reply.put("allocatedBytes", ProcessMemory.allocatedBytes() - allocatedBefore);
        reply.put("received", count.received());
        reply.put("duplicates", count.duplicates());
        reply.put("bytes", count.bytes());
        reply.put("lastNs", count.lastNs());
      }
      case "connectTimes" -> connectTimes(command, reply);
      case "memory" -> ProcessMemory.tell(reply);
      default -> throw new IllegalArgumentException("unknown op in " + command);
    }
  }

  private void publish(JsonNode command, ObjectNode reply) {
    String channel = command.path("channel").asText();
    int size = command.path("size").asInt();
    long allocated = ProcessMemory.allocatedBytes();
    long startNs = System.nanoTime();
    long untilNs = startNs + command.path("durationMs").asLong() * 1_000_000;
    long sent = 0;
    long refused = 0;
    byte[] data = payload(size, 0);
    ByteBuffer sequence = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    while (System.nanoTime() < untilNs) {
      sequence.putLong(0, sent);
      if (node.publish(channel, data)) {
        sent++;
      } else {
        refused++;
      }
    }
    reply.put("sent", sent);
    reply.put("refused", refused);
    reply.put("startNs", startNs);
    reply.put("endNs", System.nanoTime());
    reply.put("allocatedBytes", ProcessMemory.allocatedBytes() - allocated);
  }

  /** Dials from fresh nodes, one after the other: the time of each connect call. */
  private void connectTimes(JsonNode command, ObjectNode reply) {
    ArrayNode times = reply.putArray("ns");
    int warmup = command.path("warmup").asInt();
    int rounds = warmup + command.path("count").asInt();
    for (int round = 0; round < rounds; round++) {
      try (MeshDriver dialer = factory.open((sequence, length) -> {})) {
        long before = System.nanoTime();
        dialer.connect(command.path("address").asText());
        long elapsed = System.nanoTime() - before;
        if (round >= warmup) {
          times.add(elapsed);
        }
      }
    }
  }

  private static byte[] payload(int size, long sequence) {
    byte[] data = new byte[size];
    for (int i = 8; i < size; i++) {
      data[i] = (byte) (i * 31);
    }
    ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putLong(0, sequence);
    return data;
  }
}
