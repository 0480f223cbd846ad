// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import io.lichen.conformance.child.Children;
import io.lichen.conformance.child.Driver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Starts nodes as child processes and ends them all when closed. Thread-safe. */
public final class NetPeers implements AutoCloseable {
  private final Children children;

  /** Keeps logs and configurations of its nodes in a folder. */
  public NetPeers(Path folder) {
    this.children = new Children(folder);
  }

  /** Whether this machine has, or can get, what the driver needs. */
  public static boolean canRun(Driver driver, NativeVersion version) {
    return driver == Driver.JAVA || NativePackage.python(version).isPresent();
  }

  /**
   * Starts a node and waits until it says who it is; it is not started in the mesh's sense.
   *
   * @param jvmOptions for a Java node, over the usual ones
   */
  public NetPeer start(NetSpec spec, String... jvmOptions) {
    return new NetPeer(spec, children, command(spec, jvmOptions));
  }

  /**
   * Starts a node elsewhere than beside us.
   *
   * @param place makes a command one that runs there
   */
  public NetPeer startAt(UnaryOperator<List<String>> place, NetSpec spec) {
    return new NetPeer(spec, children, place.apply(command(spec)));
  }

  /** Ends all nodes; a leak that one of them reported is thrown after all have ended. */
  @Override
  public void close() {
    children.close();
  }

  private List<String> command(NetSpec spec, String... jvmOptions) {
    List<String> command =
        switch (spec.driver()) {
          case JAVA -> {
            List<String> java = Children.java(jvmOptions);
            java.addAll(List.of("io.lichen.node.Main", "net"));
            yield java;
          }
          case NATIVE -> {
            Path python = NativePackage.python(spec.version()).orElseThrow();
            yield new ArrayList<>(List.of(python.toString(), NativePackage.script().toString()));
          }
        };
    command.addAll(List.of("--json", "--bind", spec.bind(), "--psk", spec.psk()));
    command.addAll(List.of("--identity-seed", spec.seed()));
    try {
      Path config = Files.writeString(children.newFile("config.json"), spec.configJson());
      command.addAll(List.of("--config", config.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return command;
  }
}
