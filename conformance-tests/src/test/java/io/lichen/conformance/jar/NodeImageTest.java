// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import io.lichen.conformance.Skip;
import io.lichen.conformance.nat.container.ToolImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.DockerImageName;

/**
 * The image of packaging/container, on a base that needs no registry: bash, a few tools, and a
 * runtime linked from this JDK.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeImageTest {
  private static final Path RECIPE = Path.of("..", "packaging", "container");
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final List<String> TOOLS =
      List.of("bash", "env", "install", "mktemp", "mv", "readlink", "rm", "cat");
  private static final String MODULES =
      "java.se,jdk.unsupported,jdk.incubator.vector,jdk.crypto.ec,jdk.jfr";
  private static final int SIGTERM_EXIT = 128 + 15;
  private static final int STOP_LIMIT_S = 30;
  private static final String LICHEN = "/opt/lichen/lichen";
  private static final int BAD_INPUT = 2;

  private static final String TOKEN_FILE = "/run/token";

  /** In a network of its own. */
  private static final int HTTP_PORT = 8080;

  private final List<String> images = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // JUnit calls buildImage first.
  private DockerImageName image;

  @BeforeAll
  @Timeout(600)
  void buildImage(@TempDir Path folder) throws IOException, InterruptedException {
    boolean docker = DockerClientFactory.instance().isDockerAvailable();
    Skip.unless(docker, NodeImageTest.class, "no Docker daemon answers");
    String name = image(base(folder)).get();
    images.add(name);
    image = DockerImageName.parse(name);
  }

  @AfterAll
  void removeImages() {
    if (images.isEmpty()) {
      return;
    }
    DockerClient docker = DockerClientFactory.instance().client();
    images.reversed().forEach(image -> docker.removeImageCmd(image).withForce(true).exec());
  }

  @Test
  void shouldRunANodeWithoutPrivilegesInAReadOnlyRootAndStopItCleanly() throws Exception {
    try (var node = node()) {
      node.waitingFor(Wait.forLogMessage(".*listens on port 41030.*", 1)).start();
      assertEquals("10001\n", node.execInContainer("bash", "-c", "echo $UID").getStdout());
      assertEquals(
          0, node.execInContainer("bash", "-c", "[ -s /var/lib/lichen/node.key ]").getExitCode());
      assertEquals(0, node.execInContainer("/opt/lichen/healthcheck").getExitCode());
      assertEquals(
          0, node.execInContainer("bash", "-c", "[ -s /opt/lichen/lichen.aot ]").getExitCode());
      DockerClient docker = DockerClientFactory.instance().client();
      docker.stopContainerCmd(node.getContainerId()).withTimeout(STOP_LIMIT_S).exec();
      ContainerState state = docker.inspectContainerCmd(node.getContainerId()).exec().getState();
      assertEquals(SIGTERM_EXIT, state.getExitCodeLong());
      assertTrue(!node.getLogs().contains("Exception"), node.getLogs());
    }
  }

  @Test
  void shouldAnswerOverHttpAndBeHealthyByThat() throws Exception {
    try (var node = node()) {
      node.withEnv("LICHEN_HTTP", "127.0.0.1:" + HTTP_PORT)
          .waitingFor(Wait.forHealthcheck())
          .start();
      assertTrue(node.getLogs().contains("dashboard at http://127.0.0.1:8080/"), node.getLogs());
      assertTrue(ask(node, "/").contains("<h1"));
      assertTrue(ask(node, "/v1/mesh").contains("\"mesh_id\":\"m\""));
      assertEquals(0, node.execInContainer("/opt/lichen/healthcheck").getExitCode());
    }
  }

  @Test
  void shouldWantATokenWhereOthersCanReachTheGateway(@TempDir Path folder) throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "let me in\n");
    try (var node = node()) {
      node.withEnv("LICHEN_HTTP", "0.0.0.0:" + HTTP_PORT)
          .withEnv("LICHEN_HTTP_TOKEN_FILE", TOKEN_FILE)
          .withFileSystemBind(token.toString(), TOKEN_FILE, BindMode.READ_ONLY)
          .waitingFor(Wait.forLogMessage(".*dashboard at http.*", 1))
          .start();
      var without = node.execInContainer("env", "-u", "LICHEN_HTTP_TOKEN_FILE", LICHEN, "node");
      assertEquals(BAD_INPUT, without.getExitCode());
      assertTrue(without.getStderr().contains("give --http-token-file"), without.getStderr());
      assertTrue(ask(node, "/v1/mesh").contains(" 401 "));
      assertTrue(ask(node, "/v1/mesh", "Authorization: Bearer let me in").contains(" 200 "));
      assertEquals(0, node.execInContainer("/opt/lichen/healthcheck").getExitCode());
    }
  }

  /** In a read-only root, without a network; not started. */
  private GenericContainer<?> node() {
    return new GenericContainer<>(image)
        .withNetworkMode("none")
        .withEnv("LICHEN_MESH", "m")
        .withEnv("LICHEN_LISTEN", "127.0.0.1:41030")
        .withTmpFs(Map.of("/tmp", "rw"))
        .withCreateContainerCmdModifier(
            command -> Objects.requireNonNull(command.getHostConfig()).withReadonlyRootfs(true))
        .withStartupTimeout(LIMIT);
  }

  /** The whole answer to a GET, asked for from inside. */
  private static String ask(GenericContainer<?> node, String path, String... headers)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(List.of("GET " + path + " HTTP/1.1"));
    lines.addAll(List.of("Host: 127.0.0.1:" + HTTP_PORT, "Connection: close"));
    lines.addAll(List.of(headers));
    String request = String.join("\\r\\n", lines) + "\\r\\n\\r\\n";
    String script =
        "exec 3<>/dev/tcp/127.0.0.1/" + HTTP_PORT + "; printf '" + request + "' >&3; cat <&3";
    return node.execInContainer("bash", "-c", script).getStdout();
  }

  private ImageFromDockerfile image(String base) {
    return new ImageFromDockerfile()
        .withFileFromPath("Dockerfile", RECIPE.resolve("Containerfile"))
        .withFileFromPath("healthcheck", RECIPE.resolve("healthcheck"))
        .withFileFromPath("lichen", Path.of("..", "lichen"))
        .withFileFromPath("lichen.jar", Path.of("..", "node", "target", "lichen.jar"))
        .withBuildArg("BASE", base)
        .withBuildImageCmdModifier(command -> command.withNetworkMode("none"));
  }

  private String base(Path folder) throws IOException, InterruptedException {
    Path runtime = folder.resolve("runtime");
    Path home = Path.of(System.getProperty("java.home"));
    Process jlink =
        new ProcessBuilder(
                home.resolve("bin/jlink").toString(),
                "--add-modules",
                MODULES,
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                runtime.toString())
            .inheritIO()
            .start();
    assertEquals(0, jlink.waitFor());
    String base = ToolImage.of(TOOLS).withFileFromPath("root/opt/java/jre", runtime).get();
    images.add(base);
    return base;
  }
}
