// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** A peer in a child process, steered by JSON lines. */
final class ChildPeer implements MeshPeer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration REPLY_LIMIT = Duration.ofSeconds(20);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  private final PeerSpec spec;
  private final Process process;
  private final Path log;
  private final OutputStream in;
  private final Inbox inbox;
  private final AtomicLong lastId = new AtomicLong();
  private final Map<Long, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();
  private final CompletableFuture<JsonNode> ready = new CompletableFuture<>();
  private final String id;
  private final int port;

  /** Takes over a started process and waits until its node is ready. */
  ChildPeer(PeerSpec spec, Process process, Path log) {
    this.spec = spec;
    this.process = process;
    this.log = log;
    this.in = process.getOutputStream();
    this.inbox = new Inbox(spec.driver() + " peer (log " + log + ")");
    Thread.ofPlatform().name("reader-" + process.pid()).daemon(true).start(this::read);
    JsonNode info = await(ready, "ready", START_LIMIT).path("info");
    this.id = info.path("public_key").asText();
    this.port = info.path("listen_port").asInt();
  }

  @Override
  public PeerSpec spec() {
    return spec;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public JsonNode info() {
    return await(ask(op("info")), "info", REPLY_LIMIT).path("info");
  }

  @Override
  public JsonNode networkStats() {
    return await(ask(op("stats")), "stats", REPLY_LIMIT).path("stats");
  }

  @Override
  public void subscribe(String channel) {
    mustSucceed(op("subscribe").put("channel", channel));
  }

  @Override
  public void unsubscribe(String channel) {
    mustSucceed(op("unsubscribe").put("channel", channel));
  }

  @Override
  public void join(String room, byte[] psk) {
    String secret = Base64.getEncoder().encodeToString(psk);
    mustSucceed(op("join").put("room", room).put("psk", secret));
  }

  @Override
  public void leave(String room) {
    mustSucceed(op("leave").put("room", room));
  }

  @Override
  public void subscribe(String room, String channel) {
    mustSucceed(op("subscribe").put("room", room).put("channel", channel));
  }

  @Override
  public void score(String peerId, double score) {
    mustSucceed(op("score").put("peer", peerId).put("score", score));
  }

  @Override
  public int publish(String room, String channel, byte[] data) {
    ObjectNode op = op("publish").put("room", room).put("channel", channel);
    String encoded = Base64.getEncoder().encodeToString(data);
    return await(code(op.put("data", encoded)), "reply to publish", REPLY_LIMIT);
  }

  @Override
  public int publish(String channel, byte[] data) {
    return await(publishAsync(channel, data), "reply to publish", REPLY_LIMIT);
  }

  @Override
  public CompletableFuture<Integer> publishAsync(String channel, byte[] data) {
    ObjectNode op = op("publish").put("channel", channel);
    return code(op.put("data", Base64.getEncoder().encodeToString(data)));
  }

  @Override
  public CompletableFuture<Integer> connectAsync(String address) {
    return code(op("connect").put("address", address));
  }

  @Override
  public List<Received> messages() {
    return inbox.messages();
  }

  @Override
  public void clearMessages() {
    inbox.clearMessages();
  }

  @Override
  public Received awaitMessage(Predicate<Received> wanted, String description, Duration limit) {
    return inbox.awaitMessage(wanted, description, limit);
  }

  @Override
  public List<Received> awaitMessages(int count, Duration limit) {
    return inbox.awaitMessages(count, limit);
  }

  @Override
  public JsonNode awaitEvent(String name, String peerId, Duration limit) {
    return inbox.awaitEvent(name, peerId, limit);
  }

  @Override
  public boolean hasTcpTo(String address) {
    try {
      // The kernel writes addresses as one hexadecimal number in the machine's byte order.
      byte[] octets = InetAddress.ofLiteral(address).getAddress();
      int number = ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder()).getInt();
      String table = Files.readString(Path.of("/proc/" + process.pid() + "/net/tcp"));
      return table.contains(String.format(" %08X:", number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void kill() {
    process.destroyForcibly();
    awaitExit(STOP_LIMIT);
  }

  @Override
  public void stop() {
    await(ask(op("stop")), "reply to stop", STOP_LIMIT);
    awaitExit(STOP_LIMIT);
  }

  @Override
  public void close() {
    kill();
    LeakWatch.check(log);
  }

  private void awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running after " + limit + ", log " + log);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static ObjectNode op(String name) {
    return JSON.createObjectNode().put("op", name);
  }

  private void mustSucceed(ObjectNode op) {
    JsonNode reply = await(ask(op), "reply to " + op, REPLY_LIMIT);
    if (reply.path("code").asInt() != 0) {
      throw new AssertionError(op + " was answered by " + reply);
    }
  }

  private CompletableFuture<Integer> code(ObjectNode op) {
    return ask(op).thenApply(reply -> reply.path("code").asInt());
  }

  private CompletableFuture<JsonNode> ask(ObjectNode op) {
    long number = lastId.incrementAndGet();
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    replies.put(number, reply);
    byte[] line = (op.put("id", number) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      synchronized (in) {
        in.write(line);
        in.flush();
      }
    } catch (IOException e) {
      reply.completeExceptionally(e);
    }
    return reply;
  }

  private void read() {
    String reason = "the child has ended";
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        take(JSON.readTree(line));
      }
    } catch (JsonProcessingException e) {
      reason = "the child said what is no JSON: " + e.getMessage();
    } catch (IOException e) {
      reason = "the child's output broke: " + e;
    } finally {
      AssertionError gone = new AssertionError(reason + ", log " + log);
      ready.completeExceptionally(gone);
      replies.values().forEach(reply -> reply.completeExceptionally(gone));
      inbox.end();
    }
  }

  private void take(JsonNode line) throws IOException {
    switch (line.path("type").asText()) {
      case "ready" -> ready.complete(line);
      case "message" ->
          inbox.add(
              new Received(
                  line.path("room").asText(),
                  line.path("channel").asText(),
                  line.path("sender").asText(),
                  line.path("data").binaryValue()));
      case "event" -> inbox.addEvent(line);
      default -> {
        CompletableFuture<JsonNode> reply = replies.remove(line.path("id").asLong());
        if (reply != null) {
          reply.complete(line);
        }
      }
    }
  }

  private <T> T await(CompletableFuture<T> future, String what, Duration limit) {
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no " + what + " within " + limit + ", log " + log, e);
    } catch (ExecutionException e) {
      throw new AssertionError("no " + what + ", log " + log, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
