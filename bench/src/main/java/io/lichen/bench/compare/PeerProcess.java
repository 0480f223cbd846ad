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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A {@link PeerMain} in a process of its own. */
final class PeerProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String kind;
  private final Process process;
  private final Writer commands;
  private final BufferedReader replies;

  PeerProcess(String kind, List<String> jvmOptions) throws IOException {
    this.kind = kind;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(PeerMain.class.getName(), kind));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("MOSS_LISTEN_HOST", "127.0.0.1");
    if (kind.equals("lichen")) {
      builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "1"); // As the launcher does.
    }
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    commands = process.outputWriter(StandardCharsets.UTF_8);
    replies =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Sends one command and waits for its reply. */
  JsonNode call(String op, Consumer<ObjectNode> arguments) {
    try {
      ObjectNode command = JSON.createObjectNode().put("op", op);
      arguments.accept(command);
      commands.write(command + "\n");
      commands.flush();
      String reply = replies.readLine();
      if (reply == null) {
        throw new IOException("the " + kind + " peer ended during " + command);
      }
      return JSON.readTree(reply);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends one command without arguments. */
  JsonNode call(String op) {
    return call(op, arguments -> {});
  }

  String kind() {
    return kind;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
