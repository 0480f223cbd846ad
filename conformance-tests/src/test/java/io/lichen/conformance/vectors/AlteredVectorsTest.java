// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.bus.BusKinds;
import io.lichen.conformance.vectors.moss.MossKinds;
import io.lichen.conformance.vectors.net.NetKinds;
import io.lichen.conformance.vectors.redex.RedexKinds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runner that never fails proves nothing: here it must. */
class AlteredVectorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KindTable kinds = MossKinds.table();
  private final KindTable netKinds = NetKinds.table();
  private final KindTable busKinds = BusKinds.table();

  @Test
  void shouldNoticeEveryAlteredLeafOfEveryExpectation() throws Exception {
    noticeEveryAlteredLeaf(kinds, VectorFiles.MOSS, 5000);
  }

  @Test
  void shouldNoticeEveryAlteredLeafOfTheNetWire() throws Exception {
    noticeEveryAlteredLeaf(netKinds, VectorFiles.NET, 700);
  }

  @Test
  void shouldNoticeEveryAlteredLeafOfTheEventBus() throws Exception {
    noticeEveryAlteredLeaf(busKinds, VectorFiles.BUS, 300);
  }

  @Test
  void shouldNoticeEveryAlteredLeafOfLogs() throws Exception {
    noticeEveryAlteredLeaf(RedexKinds.table(), VectorFiles.LOGS, 3000);
  }

  private static void noticeEveryAlteredLeaf(KindTable kinds, List<String> names, int least)
      throws Exception {
    List<String> unnoticed = new ArrayList<>();
    int altered = 0;
    for (VectorFile file : VectorFiles.own(names)) {
      for (Vector vector : file.vectors()) {
        if (kinds.state(vector).orElseThrow() instanceof KindState.Run run) {
          VectorCheck check = run.check();
          ObjectNode expected = check.expected(vector);
          ObjectNode answer = check.answer(vector);
          for (JsonPointer leaf : Difference.leaves(expected)) {
            ObjectNode wrong = expected.deepCopy();
            Comparison.replace(wrong, leaf, otherThan(wrong.at(leaf)));
            altered++;
            if (Comparison.of(wrong, answer, check.deviations(vector)).isEmpty()) {
              unnoticed.add(vector.kind() + " " + vector.name() + leaf);
            }
          }
        }
      }
    }

    assertEquals(List.of(), unnoticed);
    assertTrue(altered > least, altered + " leaves were altered");
  }

  @Test
  void shouldFailForOneAlteredExpectationOfEachKindInACopyOfTheFiles(@TempDir Path folder)
      throws IOException {
    Set<String> altered = new TreeSet<>();
    for (String name : VectorFiles.MOSS) {
      altered.addAll(copyAltered(kinds, name, folder));
    }

    VectorReport report = new VectorRunner(kinds).run(VectorFiles.below(folder));

    assertFalse(report.isGood());
    assertEquals(altered, report.failedKinds());
    assertEquals(99, altered.size());
  }

  @Test
  void shouldFailForOneAlteredExpectationOfEachKindOfTheNetWire(@TempDir Path folder)
      throws IOException {
    Set<String> altered = new TreeSet<>();
    for (String name : VectorFiles.NET) {
      altered.addAll(copyAltered(netKinds, name, folder));
    }

    VectorReport report = new VectorRunner(netKinds).run(VectorFiles.below(folder));

    assertEquals(altered, report.failedKinds());
    assertEquals(40, altered.size());
  }

  @Test
  void shouldFailForOneAlteredExpectationOfEachKindOfTheEventBus(@TempDir Path folder)
      throws IOException {
    Set<String> altered = copyAltered(busKinds, "event-bus.json", folder);

    VectorReport report = new VectorRunner(busKinds).run(VectorFiles.below(folder));

    assertEquals(altered, report.failedKinds());
    assertEquals(6, altered.size());
  }

  @Test
  void shouldFailForKindsAndFilesThatNobodyKnows(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("new-kind.json"),
        """
        {"format":"moss-mesh-vectors/1","kinds":{"never_heard_of":{"vectors":[{"a":1}]}}}
        """);
    Files.writeString(folder.resolve("new-file.json"), "{\"format\":\"something/9\"}");
    Files.writeString(folder.resolve("README.md"), "not a vector");

    VectorReport report = new VectorRunner(kinds).run(VectorFiles.below(folder));

    assertEquals(2, report.failures().size(), () -> String.join("\n", report.failures()));
    assertEquals(Set.of("moss-mesh/never_heard_of"), report.failedKinds());
  }

  @Test
  void shouldCountTheFilesOfOtherSteps(@TempDir Path folder) throws IOException {
    for (String path :
        List.of(
            "net-app/nrpc.json",
            "redex/50-cortex-tasks.json",
            "cross_lang_nrpc/golden_vectors.json",
            "public/x25519_test.json")) {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "{}");
    }

    VectorReport report = new VectorRunner(kinds).run(VectorFiles.below(folder));

    assertTrue(report.isGood(), () -> String.join("\n", report.failures()));
    assertTrue(report.table().contains("read by the tests of module crypto"), report.table());
  }

  /** Alters the first leaf of the first vector of each kind that is run. */
  private static Set<String> copyAltered(KindTable kinds, String name, Path folder)
      throws IOException {
    JsonNode root;
    try (InputStream content =
        java.util.Objects.requireNonNull(
            AlteredVectorsTest.class.getResourceAsStream("/vectors/" + name))) {
      root = JSON.readTree(content);
    }
    Set<String> altered = new HashSet<>();
    for (JsonNode vector : root.path("vectors")) {
      alter(kinds, VectorFile.TRANSPORT, vector.path("kind").asText(), vector, altered);
    }
    root.path("kinds")
        .properties()
        .forEach(
            kind -> {
              for (JsonNode vector : kind.getValue().path("vectors")) {
                alter(kinds, VectorFile.MESH, kind.getKey(), vector, altered);
              }
            });
    if (!root.has("format")) {
      String format = root.has("about") ? VectorFile.NET : VectorFile.BUS;
      root.properties()
          .forEach(
              kind -> {
                JsonNode content = kind.getValue();
                boolean sequence = kind.getKey().equals("calls");
                JsonNode one = sequence ? JSON.createObjectNode().set("calls", content) : content;
                for (JsonNode vector : one.isArray() ? one : List.of(one)) {
                  alter(kinds, format, kind.getKey(), vector, altered);
                }
              });
    }
    Files.writeString(folder.resolve(name), root.toString());
    return altered;
  }

  private static void alter(
      KindTable kinds, String format, String kind, JsonNode vector, Set<String> altered) {
    boolean apart = format.equals(VectorFile.TRANSPORT);
    ObjectNode where = (ObjectNode) (apart ? vector.path("expected") : vector);
    Vector read = new Vector("", format, kind, "", vector, where);
    if (kinds.state(read).orElse(null) instanceof KindState.Run run
        && altered.add(read.qualifiedKind())) {
      ObjectNode expected = apart ? where : run.check().expected(read);
      JsonPointer leaf =
          Difference.leaves(expected).stream()
              .filter(at -> !at.toString().endsWith("/call"))
              .findFirst()
              .orElseThrow();
      Comparison.replace(where, leaf, otherThan(where.at(leaf)));
    }
  }

  /** A value of the same type that is wrong. */
  private static JsonNode otherThan(JsonNode value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (value.getNodeType()) {
      case BOOLEAN -> json.booleanNode(!value.booleanValue());
      case NUMBER -> json.numberNode(value.decimalValue().add(java.math.BigDecimal.ONE));
      case STRING -> json.textNode(otherText(value.textValue()));
      default -> json.textNode("something");
    };
  }

  private static String otherText(String text) {
    if (text.isEmpty()) {
      return "00";
    }
    char last = text.charAt(text.length() - 1);
    return text.substring(0, text.length() - 1) + (last == '0' ? '1' : '0');
  }
}
