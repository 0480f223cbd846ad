// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.child;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A child process that is asked and answers in JSON lines. Thread-safe. Every wait has a deadline
 * and ends in an {@link AssertionError} that names the child's log.
 */
public final class LineChild implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration REPLY_LIMIT = Duration.ofSeconds(20);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  private final Process process;
  private final Path log;
  private final OutputStream in;
  private final Consumer<JsonNode> heard;
  private final Runnable onEnd;
  private final AtomicLong lastId = new AtomicLong();
  private final Map<Long, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();
  private final CompletableFuture<JsonNode> ready = new CompletableFuture<>();
  private final JsonNode readyLine;

  LineChild(Process process, Path log, Consumer<JsonNode> heard, Runnable onEnd) {
    this.process = process;
    this.log = log;
    this.in = process.getOutputStream();
    this.heard = heard;
    this.onEnd = onEnd;
    Thread.ofPlatform().name("reader-" + process.pid()).daemon(true).start(this::read);
    this.readyLine = await(ready, "ready line", START_LIMIT);
  }

  /** An operation without members. */
  public static ObjectNode op(String name) {
    return JSON.createObjectNode().put("op", name);
  }

  /** The first line that it said. */
  public JsonNode readyLine() {
    return readyLine;
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Where its stderr goes. */
  public Path log() {
    return log;
  }

  /** Asks, and does not wait for the reply. */
  public CompletableFuture<JsonNode> ask(ObjectNode op) {
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

  /** {@link #ask} without waiting, for the code in the reply. */
  public CompletableFuture<Integer> askCode(ObjectNode op) {
    return ask(op).thenApply(reply -> reply.path("code").asInt());
  }

  /** The reply to an operation. */
  public JsonNode reply(ObjectNode op) {
    return await(ask(op), "reply to " + op, REPLY_LIMIT);
  }

  /** The reply to an operation; one with another code than 0 is an {@link AssertionError}. */
  public JsonNode mustSucceed(ObjectNode op) {
    JsonNode reply = reply(op);
    if (reply.path("code").asInt() != 0) {
      throw new AssertionError(op + " was answered by " + reply);
    }
    return reply;
  }

  /** The value of a future that this child completes. */
  public <T> T await(CompletableFuture<T> future, String what) {
    return await(future, what, REPLY_LIMIT);
  }

  /** Ends it as a crash would: kill -9, no goodbye. Returns when the process is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** Ends it orderly; returns when the process is gone. */
  public void stop() {
    await(ask(op("stop")), "reply to stop", STOP_LIMIT);
    awaitExit();
  }

  /** Kills what is left; a leak that its log tells of is an {@link AssertionError}. */
  @Override
  public void close() {
    kill();
    LeakWatch.check(log);
  }

  private void awaitExit() {
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running after " + STOP_LIMIT + ", log " + log);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
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
      onEnd.run();
    }
  }

  private void take(JsonNode line) {
    switch (line.path("type").asText()) {
      case "ready" -> ready.complete(line);
      case "reply", "error" -> {
        CompletableFuture<JsonNode> reply = replies.remove(line.path("id").asLong());
        if (reply != null) {
          reply.complete(line);
        }
      }
      default -> heard.accept(line);
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
