// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file of vectors.
 *
 * @param source its path, to be shown
 * @param vectors what it holds; empty for a file of another step's shape
 * @param note what becomes of a file whose vectors are not read here, else empty
 */
public record VectorFile(String source, List<Vector> vectors, String note) {
  /** Vectors with inputs and expectations apart. */
  public static final String TRANSPORT = "moss-transport";

  /** Vectors by kind, inputs and expectations in one object. */
  public static final String MESH = "moss-mesh";

  /** Vectors of the Net wire by kind, inputs and expectations in one object. */
  public static final String NET = "net-wire";

  /** Vectors of the event bus by kind, inputs and expectations in one object. */
  public static final String BUS = "event-bus";

  /** Recordings of logs: a file is one vector, its kind is what it says it is. */
  public static final String LOGS = "redex";

  private static final String LOG_PREFIX = "redex-";

  /** The recording of the C API holds what stands on logs, too. */
  private static final String C_API = "cabi";

  private static final Pattern SERVICE = Pattern.compile("tasks_|memories_|netdb_");

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads one file.
   *
   * @param relativePath where it lies below the folder that is read, with forward slashes
   */
  static VectorFile read(String source, String relativePath, byte[] content) throws IOException {
    JsonNode root = JSON.readTree(content);
    return switch (root.path("format").asText()) {
      case "lichen-moss-transport-vectors/1" -> new VectorFile(source, transport(source, root), "");
      case "moss-mesh-vectors/1" -> new VectorFile(source, mesh(source, root), "");
      default -> new VectorFile(source, unmarked(source, root), OtherFiles.note(relativePath));
    };
  }

  /** What is told by its content. */
  private static List<Vector> unmarked(String source, JsonNode root) {
    if (isNet(root)) {
      return net(source, root);
    }
    if (isBus(root)) {
      return bus(source, root);
    }
    return isLog(root) ? logs(source, root) : List.of();
  }

  /** Whether the vector is one of logs. */
  public boolean isOfLogs() {
    return !vectors.isEmpty() && vectors.getFirst().format().equals(LOGS);
  }

  private static boolean isLog(JsonNode root) {
    return root.path("vector").asText().startsWith(LOG_PREFIX);
  }

  private static List<Vector> logs(String source, JsonNode root) {
    List<Vector> vectors = new ArrayList<>();
    String kind = root.path("vector").asText().substring(LOG_PREFIX.length());
    if (!kind.equals(C_API)) {
      add(vectors, source, LOGS, kind, List.of(root));
      return vectors;
    }
    ObjectNode services = JSON.createObjectNode();
    ObjectNode logs = JSON.createObjectNode();
    root.properties()
        .forEach(
            part -> {
              boolean isService = SERVICE.matcher(part.getKey()).lookingAt();
              (isService ? services : logs).set(part.getKey(), part.getValue());
            });
    add(vectors, source, LOGS, kind, List.of(logs));
    if (!services.isEmpty()) {
      add(vectors, source, LOGS, kind + "-services", List.of(services));
    }
    return vectors;
  }

  /** Whether the vectors are those of the event bus. */
  public boolean isOfBus() {
    return !vectors.isEmpty() && vectors.getFirst().format().equals(BUS);
  }

  private static boolean isBus(JsonNode root) {
    return root.has("shard_selection") && root.has("cursor_decode");
  }

  /** The calls are one vector: each of them depends on those before. */
  private static List<Vector> bus(String source, JsonNode root) {
    List<Vector> vectors = new ArrayList<>();
    root.properties()
        .forEach(
            kind -> {
              JsonNode content = kind.getValue();
              boolean sequence = kind.getKey().equals("calls");
              JsonNode one =
                  sequence ? JSON.createObjectNode().set(kind.getKey(), content) : content;
              add(vectors, source, BUS, kind.getKey(), one.isArray() ? one : List.of(one));
            });
    return vectors;
  }

  /** Whether the vectors are those of the Net wire. */
  public boolean isOfNet() {
    return !vectors.isEmpty() && vectors.getFirst().format().equals(NET);
  }

  private static boolean isNet(JsonNode root) {
    JsonNode about = root.path("about");
    return about.path("library").asText().equals("net-mesh") && about.has("set");
  }

  private static List<Vector> net(String source, JsonNode root) {
    List<Vector> vectors = new ArrayList<>();
    root.properties().stream()
        .filter(kind -> !kind.getKey().equals("about"))
        .forEach(
            kind -> {
              JsonNode content = kind.getValue();
              add(
                  vectors,
                  source,
                  NET,
                  kind.getKey(),
                  content.isArray() ? content : List.of(content));
            });
    return vectors;
  }

  private static void add(
      List<Vector> vectors, String source, String format, String kind, Iterable<JsonNode> content) {
    int number = 0;
    for (JsonNode vector : content) {
      String name = vector.path("name").asText("#" + number++);
      vectors.add(new Vector(source, format, kind, name, vector, JSON.createObjectNode()));
    }
  }

  private static List<Vector> transport(String source, JsonNode root) {
    List<Vector> vectors = new ArrayList<>();
    for (JsonNode vector : root.path("vectors")) {
      vectors.add(
          new Vector(
              source,
              TRANSPORT,
              vector.path("kind").asText(),
              vector.path("name").asText(),
              vector.path("inputs"),
              (ObjectNode) vector.path("expected")));
    }
    return vectors;
  }

  private static List<Vector> mesh(String source, JsonNode root) {
    List<Vector> vectors = new ArrayList<>();
    root.path("kinds")
        .properties()
        .forEach(
            kind -> add(vectors, source, MESH, kind.getKey(), kind.getValue().path("vectors")));
    return vectors;
  }
}
