// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.redex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.bench.compare.ProcessMemory;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The process under measurement: logs of one kind, commanded by JSON lines on stdin, one reply a
 * line on stdout. It makes the load and takes the times itself. {@code native_log_bench.py} answers
 * to the same commands.
 */
final class LogPeerMain {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STAMPED_BYTES = 64;
  private static final int PERCENT = 100;
  private static final long READER_START_MS = 50;

  private final LogDriver.Factory factory;

  private LogPeerMain(LogDriver.Factory factory) {
    this.factory = factory;
  }

  /** Takes one argument: {@code lichen}, {@code chronicle} or {@code channel}. */
  public static void main(String[] args) throws Exception {
    PrintStream replies = System.out;
    System.setOut(System.err);
    LogPeerMain peer =
        new LogPeerMain(
            switch (args[0]) {
              case "chronicle" -> ChronicleLog::new;
              case "channel" -> ChannelLog::new;
              default -> LichenLog::new;
            });
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        ObjectNode reply = JSON.createObjectNode();
        peer.execute(JSON.readTree(line), reply);
        replies.println(reply);
        replies.flush();
      }
    }
    System.exit(0);
  }

  private void execute(JsonNode command, ObjectNode reply) throws Exception {
    Path directory = Path.of(command.path("directory").asText());
    switch (command.path("op").asText()) {
      case "append" -> append(directory, command, reply);
      case "reopen" -> reopen(directory, reply);
      case "read" -> read(directory, command.path("records").asLong(), reply);
      case "latency" -> latency(directory, command, reply);
      case "memory" -> ProcessMemory.tell(reply);
      default -> throw new IllegalArgumentException("unknown op in " + command);
    }
  }

  private void append(Path directory, JsonNode command, ObjectNode reply) throws Exception {
    int writers = command.path("writers").asInt();
    long each = command.path("records").asLong() / writers;
    int batch = command.path("batch").asInt();
    byte[] payload = payload(command.path("size").asInt());
    try (LogDriver log = factory.open(directory, command.path("durability").asText())) {
      long allocated = ProcessMemory.allocatedBytes();
      long startNs = System.nanoTime();
      if (writers == 1) {
        append(log, payload, batch, each);
      } else {
        appendTogether(log, payload, each, writers);
      }
      reply.put("ns", System.nanoTime() - startNs);
      reply.put("heapBytes", ProcessMemory.allocatedBytes() - allocated);
      reply.put("records", log.size());
    }
  }

  private static void append(LogDriver log, byte[] payload, int batch, long records)
      throws Exception {
    if (batch == 1) {
      for (long i = 0; i < records; i++) {
        log.append(payload);
      }
    } else {
      List<byte[]> payloads = Collections.nCopies(batch, payload);
      for (long i = 0; i < records; i += batch) {
        log.appendBatch(payloads);
      }
    }
  }

  private static void appendTogether(LogDriver log, byte[] payload, long each, int writers)
      throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      List<Future<?>> running = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        running.add(
            threads.submit(
                () -> {
                  append(log, payload, 1, each);
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }

  private void reopen(Path directory, ObjectNode reply) throws Exception {
    long startNs = System.nanoTime();
    try (LogDriver log = factory.open(directory, LogLoad.NEVER)) {
      reply.put("ns", System.nanoTime() - startNs);
      reply.put("records", log.size());
    }
  }

  private void read(Path directory, long records, ObjectNode reply) throws Exception {
    try (LogDriver log = factory.open(directory, LogLoad.NEVER)) {
      long allocated = ProcessMemory.allocatedBytes();
      long startNs = System.nanoTime();
      reply.put("bytes", log.read(records));
      reply.put("ns", System.nanoTime() - startNs);
      reply.put("heapBytes", ProcessMemory.allocatedBytes() - allocated);
      reply.put("records", records);
    }
  }

  /** How long it takes until a thread that follows the log has a record that another appends. */
  private void latency(Path directory, JsonNode command, ObjectNode reply) throws Exception {
    int records = command.path("records").asInt();
    long gapNs = command.path("gapNs").asLong();
    long[] times = new long[records];
    int[] count = {0};
    try (LogDriver log = factory.open(directory, LogLoad.NEVER);
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> reader =
          threads.submit(
              () -> {
                log.follow(records, stampNs -> times[count[0]++] = System.nanoTime() - stampNs);
                return null;
              });
      Thread.sleep(READER_START_MS); // the first ones would find it asleep
      stamp(log, records, gapNs);
      reader.get();
    }
    Arrays.sort(times);
    reply.put("p50Ns", times[records / 2]);
    reply.put("p99Ns", times[(int) (records * 99L / PERCENT)]);
  }

  private static void stamp(LogDriver log, int records, long gapNs) throws Exception {
    byte[] payload = payload(STAMPED_BYTES);
    ByteBuffer stamp = ByteBuffer.wrap(payload);
    for (int i = 0; i < records; i++) {
      long untilNs = System.nanoTime() + gapNs;
      while (System.nanoTime() < untilNs) {
        Thread.onSpinWait();
      }
      stamp.putLong(0, System.nanoTime());
      log.append(payload);
    }
  }

  private static byte[] payload(int size) {
    byte[] payload = new byte[size];
    for (int i = 0; i < size; i++) {
      payload[i] = (byte) (i * 31);
    }
    return payload;
  }
}
