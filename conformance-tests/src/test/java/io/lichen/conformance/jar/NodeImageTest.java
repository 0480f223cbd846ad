// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import io.lichen.conformance.Skip;
import io.lichen.conformance.nat.container.ToolImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * The image of packaging/container, on a base that needs no registry: bash, a few tools, and a
 * runtime linked from this JDK.
 */
class NodeImageTest {
  private static final Path RECIPE = Path.of("..", "packaging", "container");
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final List<String> TOOLS =
      List.of("bash", "env", "install", "mktemp", "mv", "readlink", "rm", "cat");
  private static final String MODULES =
      "java.se,jdk.unsupported,jdk.incubator.vector,jdk.crypto.ec,jdk.jfr";
  private static final int SIGTERM_EXIT = 128 + 15;
  private static final int STOP_LIMIT_S = 30;

  private final List<String> images = new ArrayList<>();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  @BeforeEach
  void assumeDocker() {
    boolean docker = DockerClientFactory.instance().isDockerAvailable();
    Skip.unless(docker, NodeImageTest.class, "no Docker daemon answers");
  }

  @AfterEach
  void removeImages() {
    if (images.isEmpty()) {
      return;
    }
    DockerClient docker = DockerClientFactory.instance().client();
    images.reversed().forEach(image -> docker.removeImageCmd(image).withForce(true).exec());
  }

  @Test
  void shouldRunANodeWithoutPrivilegesInAReadOnlyRootAndStopItCleanly() throws Exception {
    try (var node = new GenericContainer<>(image(base()))) {
      images.add(node.getDockerImageName());
      node.withNetworkMode("none")
          .withEnv("LICHEN_MESH", "m")
          .withEnv("LICHEN_LISTEN", "127.0.0.1:41030")
          .withTmpFs(Map.of("/tmp", "rw"))
          .withCreateContainerCmdModifier(
              command -> Objects.requireNonNull(command.getHostConfig()).withReadonlyRootfs(true))
          .waitingFor(Wait.forLogMessage(".*listens on port 41030.*", 1))
          .withStartupTimeout(LIMIT)
          .start();
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

  private ImageFromDockerfile image(String base) {
    return new ImageFromDockerfile()
        .withFileFromPath("Dockerfile", RECIPE.resolve("Containerfile"))
        .withFileFromPath("healthcheck", RECIPE.resolve("healthcheck"))
        .withFileFromPath("lichen", Path.of("..", "lichen"))
        .withFileFromPath("lichen.jar", Path.of("..", "node", "target", "lichen.jar"))
        .withBuildArg("BASE", base)
        .withBuildImageCmdModifier(command -> command.withNetworkMode("none"));
  }

  private String base() throws IOException, InterruptedException {
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
