// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;

/**
 * Published and recorded test vectors, read where they lie: in the folder that the system property
 * {@code lichen.shared} names, else in {@code shared} beside the checkout.
 */
public final class SharedVectors {
  private SharedVectors() {}

  /** Parses a file below {@code vectors/}; skips the calling test where the folder is absent. */
  public static JsonNode read(String name) {
    Path file = folder().resolve("vectors").resolve(name);
    Assumptions.assumeTrue(
        Files.isRegularFile(file), () -> "SKIPPED: no test vectors at " + file.toAbsolutePath());
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Checks each test case of a Wycheproof file, and that there are many. */
  public static void wycheproof(String name, int moreThan, Consumer<JsonNode> check) {
    List<JsonNode> cases =
        elements(read("public/" + name).get("testGroups"))
            .flatMap(group -> elements(group.get("tests")))
            .toList();
    assertTrue(cases.size() > moreThan, name + " has " + cases.size() + " cases");
    cases.forEach(check);
  }

  /** What a failure of this Wycheproof case is told by. */
  public static String name(JsonNode test) {
    return "tcId " + test.get("tcId").asInt();
  }

  /** Whether a Wycheproof case must be taken. */
  public static boolean isValid(JsonNode test) {
    return test.get("result").asText().equals("valid");
  }

  /** The elements of an array node. */
  public static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** The octets of a hex member. */
  public static byte[] hex(JsonNode node, String member) {
    return HexFormat.of().parseHex(node.get(member).asText());
  }

  private static Path folder() {
    String configured = System.getProperty("lichen.shared");
    if (configured != null) {
      return Path.of(configured);
    }
    // Maven runs tests in the module's folder: <checkout>/crypto.
    return Path.of("").toAbsolutePath().resolve("../../shared").normalize();
  }
}
