// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lichen.conformance.child.Children;
import io.lichen.nat.behaviour.Filtering;
import io.lichen.nat.behaviour.Mapping;
import io.lichen.nat.profile.NatType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What {@code ./lichen nat} says of the place where it runs, in its words. */
record NatWords(String type, String mapping, String filtering) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** In its words. */
  static NatWords of(NatType type, Mapping mapping, Filtering filtering) {
    return new NatWords(type.wireName(), lower(mapping), lower(filtering));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Starts it on a host; it asks a STUN server, and no router. */
  static Asking ask(Host host, String stunServer, Path folder) throws IOException {
    List<String> command =
        Children.java("io.lichen.node.Main", "nat", "--json", "--no-routers", "--stun", stunServer);
    Files.createDirectories(folder);
    return new Asking(
        new ProcessBuilder(host.command(command))
            .redirectError(folder.resolve("nat.log").toFile())
            .start());
  }

  /** It runs. Closing kills it. */
  record Asking(Process process) implements AutoCloseable {
    /** Waits for its answer. */
    NatWords answer() throws IOException {
      String line = new String(process.getInputStream().readAllBytes(), UTF_8);
      JsonNode found = JSON.readTree(line);
      return new NatWords(
          found.path("nat_type").asText(),
          found.path("mapping").asText(),
          found.path("filtering").asText());
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
