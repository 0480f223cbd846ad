// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Arrows point one way: node → gateway → core → {nat, redex, gossipsub, transport} → crypto. Rooms
 * that are not built yet have their rules already.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit calls readClasses first.
class ArrowsTest {
  private static final List<String> EVERYWHERE =
      List.of("java..", "javax..", "org.jspecify..", "org.slf4j..");

  private JavaClasses house;

  @BeforeAll
  void readClasses() {
    house =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // The leak check that transport shares with other modules' tests, once it is packaged.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.lichen");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "crypto",
        "gossipsub",
        "redex",
        "nat",
        "transport",
        "core",
        "gateway",
        "node",
        "testkit",
        "conformance"
      })
  void shouldSeeEveryRoomThatIsBuilt(String room) {
    assertFalse(
        house.stream().noneMatch(c -> c.getPackageName().startsWith("io.lichen." + room)), room);
  }

  @Test
  void shouldKeepCryptoOnBouncyCastleHash4jAndTheJdkAlone() {
    onlyKnows(
            "crypto",
            List.of(),
            "org.bouncycastle..",
            "com.dynatrace.hash4j.hashing..",
            "jdk.incubator.vector..")
        .check(house);
  }

  /** The Net wire's entities use the key stores of Moss nodes, never the other way round. */
  @Test
  void shouldKeepTheRoomsOfCryptoApart() {
    keepsOff(
            rooms("crypto.identity", "crypto.noise"),
            "io.lichen.crypto.entity..",
            "io.lichen.crypto.token..")
        .check(house);
    keepsOff(rooms("crypto.entity"), "io.lichen.crypto.token..").check(house);
    keepsOff(rooms("crypto.entity", "crypto.token"), "io.lichen.crypto.noise..").check(house);
  }

  /** The module is not there in most JVMs: only a class that is loaded last may need it. */
  @Test
  void shouldKeepTheIncubatorBehindOneDoor() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.lichen.crypto.Blake2sVectors")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(house);
  }

  @Test
  void shouldKeepGossipSubWithoutSocketsJsonAndMetrics() {
    onlyKnows("gossipsub", List.of("crypto")).check(house);
  }

  @Test
  void shouldKeepRedexWithoutNetty() {
    onlyKnows("redex", List.of("crypto")).check(house);
  }

  @Test
  void shouldKeepNatBehindItsOwnInterface() {
    onlyKnows("nat", List.of("crypto")).check(house);
  }

  @Test
  void shouldKeepTransportOnNettyAndCryptoAlone() {
    onlyKnows("transport", List.of("crypto"), "io.netty..").check(house);
  }

  @Test
  void shouldKeepCoreAboveItsFourRooms() {
    List<String> below = List.of("crypto", "gossipsub", "transport", "nat", "redex");
    onlyKnows("core", below, "io.netty..", "io.micrometer..", "com.fasterxml.jackson.core..")
        .check(house);
  }

  @Test
  void shouldKeepTheTestkitOnTheEngineAlone() {
    onlyKnows("testkit", List.of("crypto", "gossipsub")).check(house);
  }

  /**
   * Text to address and back is neither channel nor buffer: those two pure functions may be used.
   */
  @Test
  void shouldKeepCodecsAndEnginesOfMossTransportWithoutNetty() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.lichen.transport.moss.codec..",
            "io.lichen.transport.moss.handshake..",
            "io.lichen.transport.moss.session..")
        .should()
        .dependOnClassesThat(resideInAPackage("io.netty..").and(not(name("io.netty.util.NetUtil"))))
        .check(house);
  }

  /** Packets lie in pooled buffers; channels, loops and timers are the shell's. */
  @Test
  void shouldKeepCodecsAndEnginesOfNetTransportOnBuffersAlone() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.lichen.transport.net",
            "io.lichen.transport.net.codec..",
            "io.lichen.transport.net.handshake..",
            "io.lichen.transport.net.session..",
            "io.lichen.transport.net.stream..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.netty..")
                .and(
                    not(
                        resideInAnyPackage(
                            "io.netty.buffer..", "io.netty.util", "io.netty.util.collection"))))
        .check(house);
  }

  @Test
  void shouldKeepTheTwoWiresApart() {
    noClasses()
        .that()
        .resideInAPackage("io.lichen..moss..")
        .and()
        .resideOutsideOfPackage("io.lichen.conformance..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.lichen..net..")
        .check(house);
    keepsOff(List.of("io.lichen..net.."), "io.lichen..moss..").check(house);
  }

  @Test
  void shouldKeepWhatBothWiresNeedBelowThem() {
    List<String> shared =
        List.of(
            "io.lichen.core.work..",
            "io.lichen.core.json..",
            "io.lichen.core.nat..",
            "io.lichen.core.topic..");
    keepsOff(shared, "io.lichen.core.moss..").check(house);
    keepsOff(shared, "io.lichen.core.net..").check(house);
  }

  @Test
  void shouldKeepRoutesAndCapabilitiesOfTheNetWireWithoutSockets() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.lichen.core.net.wire..",
            "io.lichen.core.net.table..",
            "io.lichen.core.net.route..",
            "io.lichen.core.net.capability..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.netty..", "io.lichen.transport..")
                .and(not(resideInAPackage("io.netty.buffer.."))))
        .check(house);
  }

  @Test
  void shouldKeepNatTraversalOfTheNetWireWithoutSocketsAndTheNodeAround() {
    noClasses()
        .that()
        .resideInAPackage("io.lichen.core.net.nat..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "io.netty..", "io.lichen.core.net.runtime..", "io.lichen.core.net.peer..")
                .and(not(resideInAPackage("io.netty.buffer.."))))
        .check(house);
  }

  @Test
  void shouldKeepTheEventBusOffBothWires() {
    keepsOff(List.of("io.lichen.core.bus.."), "io.lichen..moss..").check(house);
    keepsOff(List.of("io.lichen.core.bus.."), "io.lichen..net..").check(house);
    slices().matching("io.lichen.core.bus.(*)..").should().beFreeOfCycles().check(house);
  }

  /** What stands below a room's API; the API itself leads to what makes its objects. */
  @Test
  void shouldKeepThePackagesOfARoomWithoutCircles() {
    slices().matching("io.lichen.(*).moss.(*)..").should().beFreeOfCycles().check(house);
    slices().matching("io.lichen.transport.net.(*)..").should().beFreeOfCycles().check(house);
    slices()
        .matching("io.lichen.(*).net.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(house);
  }

  @Test
  void shouldParseCommandLinesAndConfigureLogsInTheNodeAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.lichen.node..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "ch.qos.logback..")
        .check(house);
  }

  @Test
  void shouldMeasureInCoreAndAboveOnly() {
    keepsOff(rooms("crypto", "gossipsub", "transport", "nat", "redex"), "io.micrometer..")
        .check(house);
  }

  @Test
  void shouldNotLookIntoTheInternalsOfCoreFromAbove() {
    keepsOff(rooms("node", "gateway"), "io.lichen.core.moss.*..").check(house);
    keepsOff(rooms("node", "gateway"), "io.lichen.core.bus.*..").check(house);
    // What users say about channels and capabilities stands in packages of its own.
    for (String inside :
        List.of("config", "delivery", "peer", "replica", "route", "runtime", "table", "wire")) {
      keepsOff(rooms("node", "gateway"), "io.lichen.core.net." + inside + "..").check(house);
    }
    keepsOff(rooms("node", "gateway"), "io.lichen.core.net.channel.*..").check(house);
    keepsOff(rooms("node", "gateway"), "io.lichen.core.work..").check(house);
    keepsOff(rooms("node", "gateway"), "io.lichen.core.nat.local..").check(house);
    keepsOff(rooms("node", "gateway"), "io.lichen.core.nat.mapping..").check(house);
    keepsOff(rooms("node", "gateway"), "io.lichen.core.topic.*..").check(house);
  }

  @Test
  void shouldKeepTheHttpServerWithoutMeshes() {
    onlyKnows(
            "gateway.http",
            List.of(),
            "io.netty..",
            "io.micrometer..",
            "com.fasterxml.jackson.core..",
            "com.fasterxml.jackson.databind..")
        .check(house);
  }

  @Test
  void shouldKeepTheServerLibraryBehindOneDoor() {
    noClasses()
        .that()
        .resideInAPackage("io.lichen.gateway..")
        .and()
        .resideOutsideOfPackage("io.lichen.gateway.http.server..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(house);
  }

  /** Patterns and paths, so that they can be read and tested on their own. */
  @Test
  void shouldKeepRoutingWithoutRequests() {
    keepsOff(
            rooms("gateway.http.route"),
            "io.lichen.gateway.http",
            "io.lichen.gateway.http.body..",
            "io.lichen.gateway.http.files..",
            "io.lichen.gateway.http.server..")
        .check(house);
  }

  @Test
  void shouldFailWhenAnArrowPointsTheWrongWay() {
    ArchRule wrong = onlyKnows("core", List.of("crypto"));
    assertThrows(AssertionError.class, () -> wrong.check(house));
  }

  private static ArchRule onlyKnows(String room, List<String> others, String... libraries) {
    List<String> known = new ArrayList<>(EVERYWHERE);
    known.addAll(rooms(room));
    known.addAll(rooms(others.toArray(String[]::new)));
    known.addAll(List.of(libraries));
    return classes()
        .that()
        .resideInAPackage("io.lichen." + room + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(known.toArray(String[]::new));
  }

  private static ArchRule keepsOff(List<String> packages, String... others) {
    return noClasses()
        .that()
        .resideInAnyPackage(packages.toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }

  private static List<String> rooms(String... names) {
    return Stream.of(names).map(name -> "io.lichen." + name + "..").toList();
  }
}
