// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Runs small programs of the system, such as {@code ip}. */
public final class Commands {
  private static final long LIMIT_S = 10;

  private Commands() {}

  /**
   * Runs one that has to succeed.
   *
   * @throws IllegalStateException with what it said, if it fails or is not there
   */
  public static void must(String... command) {
    mustWithInput("", command);
  }

  /** {@link #must} with something to read. */
  public static void mustWithInput(String input, String... command) {
    Result result = run(input, command);
    if (result.code != 0) {
      throw new IllegalStateException(
          "failed: " + String.join(" ", command) + "\n" + input + "\n" + result.output);
    }
  }

  /** Whether one succeeds; not if it is not there. */
  public static boolean succeeds(String... command) {
    return run("", command).code == 0;
  }

  /** What one says, whether it succeeds or not. */
  public static String output(String... command) {
    return run("", command).output;
  }

  private record Result(int code, String output) {}

  private static Result run(String input, String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
        in.write(input);
      } catch (IOException e) {
        // It did not care for it, and its exit code tells whether that matters.
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Result(-1, output + "did not end");
      }
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      return new Result(-1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted"));
    }
  }
}
