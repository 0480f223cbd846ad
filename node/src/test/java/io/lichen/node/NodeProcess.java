// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, as a shell would run it. */
final class NodeProcess implements AutoCloseable {
  private static final long LIMIT_S = 30;

  private final Process process;
  private final Path err;
  private final BufferedReader out;

  NodeProcess(Path folder, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(args));
    this.err = Files.createTempFile(folder, "node", ".err");
    this.process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    this.out = process.inputReader(UTF_8);
  }

  /** The path of a configuration that looks for nobody. */
  static Path quiet(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("quiet.json"),
        """
        {"trackers":[],"dht_enabled":false,"lan_discovery_enabled":false,\
        "telemetry":{"enabled":false}}
        """);
  }

  /** Lets it say what it likes from now on. */
  void ignoreOutput() {
    Thread.ofPlatform()
        .daemon(true)
        .start(
            () -> {
              try (Reader ignored = out) {
                ignored.transferTo(Writer.nullWriter());
              } catch (IOException e) {
                // It was ended.
              }
            });
  }

  Process process() {
    return process;
  }

  /** What it has said on stderr so far. */
  String err() throws IOException {
    return Files.readString(err);
  }

  void say(String text) throws IOException {
    say(text.getBytes(UTF_8));
  }

  void say(byte[] octets) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write(octets);
    in.flush();
  }

  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  void stopReading() throws IOException {
    out.close();
  }

  /** The next line that begins like this; those before it are skipped. */
  String lineStartingWith(String start) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(start)) {
        return line;
      }
    }
    throw new AssertionError("ended without a line that starts with " + start + "; " + err());
  }

  int exitCode() throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
      throw new AssertionError("still running after " + LIMIT_S + " s: " + err());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
