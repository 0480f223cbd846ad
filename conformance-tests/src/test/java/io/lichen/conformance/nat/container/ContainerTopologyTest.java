// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Volume;
import io.lichen.conformance.Skip;
import io.lichen.conformance.nat.NatKind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame.OutputType;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;

/**
 * Two topologies in a container without any network but its own: for machines where Docker is at
 * hand, and root is not.
 */
class ContainerTopologyTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String JAVA_HOME = System.getProperty("java.home");
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private @Nullable String image;

  @BeforeEach
  void assumeDocker() {
    Skip.unless(
        DockerClientFactory.instance().isDockerAvailable(), getClass(), "no Docker daemon answers");
  }

  @AfterEach
  void removeImage() {
    if (image != null) {
      DockerClientFactory.instance().client().removeImageCmd(image).withForce(true).exec();
    }
  }

  @Test
  void shouldTellTheKindsApart() throws IOException {
    try (var box = new GenericContainer<>(ToolImage.of(List.of("ip", "nft", "sysctl", "mount")))) {
      box.withCreateContainerCmdModifier(ContainerTopologyTest::equip)
          .withNetworkMode("none")
          .withCommand(command(NatKind.FULL_CONE, NatKind.SYMMETRIC))
          .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(LIMIT));
      image = box.getDockerImageName();
      box.start();
      assertEquals(
          List.of(
              "FULL_CONE ENDPOINT_INDEPENDENT ENDPOINT_INDEPENDENT",
              "SYMMETRIC ADDRESS_AND_PORT_DEPENDENT ADDRESS_AND_PORT_DEPENDENT"),
          box.getLogs(OutputType.STDOUT).lines().toList());
    }
  }

  private static String[] command(NatKind... kinds) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(JAVA_HOME, "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                CLASS_PATH,
                ContainedTopologies.class.getName()));
    Stream.of(kinds).map(NatKind::name).forEach(command::add);
    return command.toArray(String[]::new);
  }

  /** Java and our classes, and what it takes to make namespaces: less than a privileged one has. */
  private static void equip(CreateContainerCmd container) {
    List<Bind> shared =
        Stream.concat(Stream.of(JAVA_HOME), Stream.of(CLASS_PATH.split(File.pathSeparator, -1)))
            .filter(path -> !path.isEmpty() && new File(path).exists())
            .distinct()
            .map(path -> new Bind(path, new Volume(path), AccessMode.ro))
            .toList();
    Objects.requireNonNull(container.getHostConfig())
        .withBinds(shared)
        .withCapAdd(Capability.SYS_ADMIN, Capability.NET_ADMIN)
        .withSecurityOpts(List.of("apparmor=unconfined", "seccomp=unconfined"));
  }
}
