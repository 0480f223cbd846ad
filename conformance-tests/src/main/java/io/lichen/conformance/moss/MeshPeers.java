// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import io.lichen.conformance.child.Children;
import io.lichen.conformance.child.Driver;
import io.lichen.conformance.moss.ffi.MossLibraries;
import io.lichen.transport.moss.Era;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts peers as child processes and ends them all when closed, or at the latest with this
 * process. Thread-safe.
 */
public final class MeshPeers implements AutoCloseable {
  private final Children children;

  /** Keeps logs, keys and configurations of its peers in a folder. */
  public MeshPeers(Path folder) {
    this.children = new Children(folder);
  }

  /** Whether this machine has what the driver needs in this era. */
  public static boolean canRun(Driver driver, Era era) {
    return driver == Driver.JAVA || MossLibraries.find(era).isPresent();
  }

  /** Starts a peer and waits until it is ready. */
  public MeshPeer start(PeerSpec spec) {
    String name = spec.driver() + "-peer";
    Map<String, String> environment = Map.of("MOSS_LISTEN_HOST", spec.host());
    return new ChildPeer(spec, children, name, command(spec), environment);
  }

  /** A file that no other peer uses. */
  public Path newFile(String name) {
    return children.newFile(name);
  }

  /** Ends all peers; a leak that one of them reported is thrown after all have ended. */
  @Override
  public void close() {
    children.close();
  }

  private List<String> command(PeerSpec spec) {
    List<String> command = new ArrayList<>();
    if (spec.namespace() != null) {
      command.addAll(List.of("ip", "netns", "exec", spec.namespace()));
    }
    switch (spec.driver()) {
      case JAVA -> command.addAll(Children.java("io.lichen.node.Main", "node"));
      case NATIVE -> {
        String library = MossLibraries.find(spec.era()).orElseThrow().toString();
        String main = NativeMossPeer.class.getName();
        command.addAll(Children.java(main, "--library", library));
      }
    }
    try {
      addOptions(command, spec);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return command;
  }

  private void addOptions(List<String> command, PeerSpec spec) throws IOException {
    Path config = Files.writeString(newFile("config.json"), QuietConfig.with(spec.configJson()));
    command.addAll(List.of("--json", "--mesh", spec.meshId(), "--era", spec.era().name()));
    command.addAll(List.of("--listen", spec.host() + ":" + spec.port()));
    command.addAll(List.of("--config", config.toString()));
    if (spec.psk() != null) {
      Path file = Files.write(newFile("psk"), spec.psk());
      command.addAll(List.of("--psk-file", file.toString()));
    }
    if (spec.keyStore() != null) {
      command.addAll(List.of("--key-store", spec.keyStore().toString()));
    }
    for (String channel : spec.channels()) {
      command.addAll(List.of("--subscribe", channel));
    }
  }
}
