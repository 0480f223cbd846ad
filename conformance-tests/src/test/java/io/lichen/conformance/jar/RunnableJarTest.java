// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lichen.conformance.Skip;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only the shaded jar can get wrong: services, native libraries, the manifest. */
class RunnableJarTest {
  private static final Path JAR = Path.of("..", "node", "target", "lichen.jar");
  private static final Path BILL = JAR.resolveSibling("bom.json");
  private static final long MAX_BYTES = 20_000_000;
  private static final String TRIMMED = "org/bouncycastle/";

  @BeforeEach
  void assumePackaged() {
    String message = "no " + JAR + "; mvn verify or ./lichen makes it";
    Skip.unless(Files.exists(JAR), RunnableJarTest.class, message);
  }

  @Test
  void shouldTellTheVersionInItsManifest() throws Exception {
    Result result = run("--version");
    assertEquals(0, result.exitCode, result.output);
    assertTrue(result.output.matches("(?s)lichen \\d+\\.\\d+.*"), result.output);
  }

  @Test
  void shouldRunTheDemoWithoutAWarning() throws Exception {
    Result result = run("demo");
    assertEquals(0, result.exitCode, result.output);
    assertTrue(result.output.contains("Every message arrived exactly once."), result.output);
    assertTrue(!result.output.contains("WARN"), result.output);
  }

  @Test
  void shouldStayWithinTwentyMegabytesWithTheGatewayInIt() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertTrue(jar.getEntry("io/lichen/gateway/api/Gateway.class") != null);
      assertTrue(jar.getEntry("io/micrometer/prometheusmetrics/PrometheusConfig.class") != null);
    }
    assertTrue(Files.size(JAR) <= MAX_BYTES, "it has " + Files.size(JAR) + " bytes");
  }

  /** Parts of BouncyCastle are left out; this walks from our classes through all that is there. */
  @Test
  void shouldHoldAllThatIsNeededOfTheLibraryThatWasTrimmed() throws Exception {
    Set<String> missing = new TreeSet<>();
    Set<String> seen = new HashSet<>();
    try (JarFile jar = new JarFile(JAR.toFile(), false, JarFile.OPEN_READ, Runtime.version())) {
      Deque<String> waiting =
          jar.versionedStream()
              .map(JarEntry::getName)
              .filter(name -> name.matches("io/lichen/.*\\.class"))
              .map(name -> name.substring(0, name.length() - ".class".length()))
              .collect(Collectors.toCollection(ArrayDeque::new));
      for (String name = waiting.poll(); name != null; name = waiting.poll()) {
        JarEntry entry = jar.getJarEntry(name + ".class");
        if (entry == null) {
          missing.add(name);
        } else {
          namedBy(jar, entry)
              .filter(other -> other.startsWith(TRIMMED))
              .filter(seen::add)
              .forEach(waiting::add);
        }
      }
    }
    assertTrue(seen.size() > 100, seen::toString);
    assertEquals(Set.of(), missing);
  }

  @Test
  void shouldHaveABillOfMaterialsBesideIt() throws Exception {
    Skip.unless(Files.exists(BILL), RunnableJarTest.class, "no " + BILL + "; mvn verify makes it");
    JsonNode bill = JsonMapper.builder().build().readTree(BILL.toFile());
    assertEquals("CycloneDX", bill.path("bomFormat").asText());
    assertEquals("lichen-node", bill.path("metadata").path("component").path("name").asText());
    List<String> names = bill.path("components").findValuesAsText("name");
    for (String name : List.of("netty-codec-http", "bcprov-jdk18on", "picocli", "lichen-core")) {
      assertTrue(names.contains(name), name + " is not among " + names);
    }
    assertTrue(bill.path("serialNumber").isMissingNode(), "it differs from build to build");
  }

  private static Stream<String> namedBy(JarFile jar, JarEntry entry) throws IOException {
    List<String> names = new ArrayList<>();
    for (PoolEntry constant :
        ClassFile.of().parse(jar.getInputStream(entry).readAllBytes()).constantPool()) {
      if (constant instanceof ClassEntry type) {
        // Arrays: [Lorg/…;
        names.add(type.asInternalName().replaceAll("^\\[+L|;$", ""));
      }
    }
    return names.stream();
  }

  private static Result run(String command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-jar", JAR.toString(), command));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Result(process.waitFor(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  private record Result(int exitCode, String output) {}
}
