// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.mesh;

import io.lichen.core.moss.MossNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Many nodes in a process of their own, so that their memory is not counted with that of the node
 * they connect to, and to nobody else. Commands by lines: {@code stay N CHANNEL ADDRESS}, {@code
 * pass N CHANNEL ADDRESS}.
 */
final class Crowd implements AutoCloseable {
  private final Process process;
  private final Writer commands;
  private final BufferedReader replies;

  Crowd() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-Xss256k",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Crowd.class.getName());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    commands = process.outputWriter(StandardCharsets.UTF_8);
    replies =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** So many nodes connect, subscribe and stay. */
  void stay(int count, String channel, String address) {
    call("stay", count, channel, address);
  }

  /** So many nodes connect and go, one after the other. */
  void pass(int count, String channel, String address) {
    call("pass", count, channel, address);
  }

  private void call(String what, int count, String channel, String address) {
    try {
      commands.write(String.join(" ", what, String.valueOf(count), channel, address) + "\n");
      commands.flush();
      String reply = replies.readLine();
      if (!"done".equals(reply)) {
        throw new IOException("the crowd answered " + reply);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The process of the crowd. */
  public static void main(String[] args) throws IOException {
    List<MossNode> staying = new ArrayList<>();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      int count = Integer.parseInt(words[1]);
      for (int i = 0; i < count; i++) {
        MossNode node = Nodes.ofOnePeer().build();
        node.start();
        node.subscribe(words[2]);
        node.connect(words[3]);
        if (words[0].equals("stay")) {
          staying.add(node);
        } else {
          node.close();
        }
      }
      System.out.println("done");
    }
    staying.forEach(MossNode::close);
    System.exit(0);
  }
}
