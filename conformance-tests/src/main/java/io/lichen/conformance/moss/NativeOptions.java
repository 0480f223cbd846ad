// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.transport.moss.Era;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code lichen node} as far as a native can follow them, plus {@code --library}.
 * {@code --json} is understood and always on.
 *
 * @param era which library this is
 * @param library the library's file
 * @param meshId the mesh or room
 * @param psk 32 bytes, {@code null} for none
 * @param keyStore where the identity is kept, {@code null} for nowhere
 * @param channels to subscribe before the start
 * @param configJson the whole configuration; on loopback unless a config file says otherwise
 */
record NativeOptions(
    Era era,
    Path library,
    String meshId,
    byte @Nullable [] psk,
    @Nullable Path keyStore,
    List<String> channels,
    String configJson) {

  /** Reads a command line; what is wrong with it ends in an {@link IllegalArgumentException}. */
  static NativeOptions parse(String[] args) throws IOException {
    Era era = Era.C;
    String meshId = "";
    String listen = "";
    Path library = null;
    Path keyStore = null;
    byte[] psk = null;
    List<String> channels = new ArrayList<>();
    List<String> peers = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    ObjectNode config = (ObjectNode) json.readTree(QuietConfig.with("{}"));
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--json")) {
        continue;
      }
      String value = value(args, i + 1);
      switch (args[i++]) {
        case "--era" -> era = Era.valueOf(value);
        case "--library" -> library = Path.of(value);
        case "--mesh" -> meshId = value;
        case "--listen" -> listen = value;
        case "--peer" -> peers.add(value);
        case "--subscribe" -> channels.add(value);
        case "--config" ->
            config.setAll((ObjectNode) json.readTree(Files.readString(Path.of(value))));
        case "--psk-file" -> psk = Files.readAllBytes(Path.of(value));
        case "--key-store" -> keyStore = Path.of(value);
        default -> throw new IllegalArgumentException("unknown option " + args[i - 1]);
      }
    }
    if (library == null) {
      throw new IllegalArgumentException("--library is missing");
    }
    checkListen(config, listen);
    peers.forEach(config.withArray("static_peers")::add);
    return new NativeOptions(era, library, meshId, psk, keyStore, channels, config.toString());
  }

  /** The native takes its host from the environment only, and that before the process starts. */
  private static void checkListen(ObjectNode config, String listen) {
    if (listen.isEmpty()) {
      return;
    }
    int colon = listen.lastIndexOf(':');
    String host = listen.substring(0, colon);
    if (!host.equals(System.getenv("MOSS_LISTEN_HOST"))) {
      throw new IllegalArgumentException(
          "MOSS_LISTEN_HOST must be " + host + ", not " + System.getenv("MOSS_LISTEN_HOST"));
    }
    config.put("listen_port", Integer.parseInt(listen.substring(colon + 1)));
  }

  private static String value(String[] args, int index) {
    if (index >= args.length) {
      throw new IllegalArgumentException("a value is missing after " + args[index - 1]);
    }
    return args[index];
  }
}
