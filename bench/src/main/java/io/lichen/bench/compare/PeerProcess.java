// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A process under measurement, commanded by JSON lines; one reply for each command. */
public final class PeerProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String kind;
  private final Process process;
  private final Writer commands;
  private final BufferedReader replies;

  /** Starts a process. */
  public PeerProcess(String kind, List<String> command, Map<String, String> environment)
      throws IOException {
    this.kind = kind;
    ProcessBuilder builder = new ProcessBuilder(command);
    environment.forEach((name, value) -> builder.environment().putIfAbsent(name, value));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    commands = process.outputWriter(StandardCharsets.UTF_8);
    replies =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Sends one command and waits for its reply. */
  public JsonNode call(String op, Consumer<ObjectNode> arguments) {
    say(op, arguments);
    return next();
  }

  /** Sends one command without arguments. */
  public JsonNode call(String op) {
    return call(op, arguments -> {});
  }

  /** Sends one command; its reply is {@link #next}. */
  public void say(String op, Consumer<ObjectNode> arguments) {
    ObjectNode command = JSON.createObjectNode().put("op", op);
    arguments.accept(command);
    try {
      commands.write(command + "\n");
      commands.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The next line that the process says, except for events that nobody counts.
   *
   * @throws IllegalStateException if it is a reply that tells of a failure, or the process ended
   */
  public JsonNode next() {
    try {
      String line = replies.readLine();
      if (line == null) {
        throw new IllegalStateException("the " + kind + " peer ended");
      }
      JsonNode reply = JSON.readTree(line);
      if (reply.path("type").asText().equals("event")) {
        return next();
      }
      if (reply.path("code").asInt() != 0) {
        throw new IllegalStateException("the " + kind + " peer answered " + line);
      }
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The peak resident size of the process, in megabytes (10^6 bytes). */
  public double peakResidentMegabytes() {
    return call("memory").path("VmHWM").asLong() * 1024 / 1e6;
  }

  /** What runs in it. */
  public String kind() {
    return kind;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
