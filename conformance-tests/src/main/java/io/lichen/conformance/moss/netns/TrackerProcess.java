// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss.netns;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A running {@link OneSwarmTracker} in a namespace. */
public final class TrackerProcess implements AutoCloseable {
  private final Process process;
  private final String url;

  /** Starts it; it names {@code host:port}. */
  public TrackerProcess(String namespace, String host, int port) {
    try {
      this.process =
          NamespaceJava.program(namespace, OneSwarmTracker.class, host, Integer.toString(port))
              .start();
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      this.url = "http://127.0.0.1:" + Integer.parseInt(out.readLine()) + "/announce";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What goes into a configuration's {@code trackers}. */
  public String url() {
    return url;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
