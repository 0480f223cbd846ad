// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.nat.stun.StunKind;
import io.lichen.nat.stun.StunMessage;
import io.lichen.nat.stun.StunWriter;
import io.lichen.nat.stun.TransactionId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BehaviourDiscoveryTest {
  private static final DiscoverySettings SETTINGS = DiscoverySettings.defaults();

  private static SimNetwork network(Mapping mapping, Filtering filtering, long seed) {
    return new SimNetwork(new NatModel(mapping, filtering, SimNetwork.INSIDE), new Random(seed));
  }

  static Stream<Arguments> behaviours() {
    return Stream.of(Mapping.values())
        .filter(mapping -> mapping != Mapping.UNKNOWN)
        .flatMap(
            mapping ->
                Stream.of(Filtering.values())
                    .filter(filtering -> filtering != Filtering.UNKNOWN)
                    .map(filtering -> Arguments.of(mapping, filtering)));
  }

  @ParameterizedTest
  @MethodSource("behaviours")
  void shouldFindOutWhatNatDoes(Mapping mapping, Filtering filtering) {
    NatBehaviour found =
        network(mapping, filtering, 1).discover(SETTINGS, List.of(SimNetwork.FIRST));
    assertEquals(mapping, found.mapping());
    assertEquals(filtering, found.filtering());
    String host = mapping == Mapping.NONE ? "10.0.0.2" : NatModel.EXTERNAL_HOST;
    assertNotNull(found.mapped());
    assertEquals(host, found.mapped().getAddress().getHostAddress());
  }

  @ParameterizedTest
  @MethodSource("behaviours")
  void shouldFindItOutThoughATenthIsLost(Mapping mapping, Filtering filtering) {
    DiscoverySettings patient = new DiscoverySettings(20, SETTINGS.intervalNs());
    for (long seed = 0; seed < 50; seed++) {
      NatBehaviour found =
          network(mapping, filtering, seed)
              .withLoss(0.1)
              .discover(patient, List.of(SimNetwork.FIRST));
      assertEquals(mapping, found.mapping(), "seed " + seed);
      assertEquals(filtering, found.filtering(), "seed " + seed);
    }
  }

  @ParameterizedTest
  @MethodSource("behaviours")
  void shouldNotTakeForStrangersThoseItHasSentTo(Mapping mapping, Filtering filtering) {
    InetSocketAddress first = SimNetwork.FIRST;
    InetSocketAddress second = SimNetwork.SECOND;
    NatBehaviour all = network(mapping, filtering, 1).discover(SETTINGS, List.of(first, second));
    assertEquals(Filtering.UNKNOWN, all.filtering(), "both are servers");
    SimNetwork network = network(mapping, filtering, 1).withAcquainted(second.getAddress());
    NatBehaviour again = network.discover(SETTINGS, List.of(first));
    assertEquals(Filtering.UNKNOWN, again.filtering(), "asked in an earlier round");
    assertEquals(mapping, again.mapping());
  }

  @Test
  void shouldTellFromTwoPlainServersWhetherMappingIsOne() {
    List<InetSocketAddress> servers = List.of(SimNetwork.PLAIN, SimNetwork.OTHER_PLAIN);
    NatBehaviour cone =
        network(Mapping.ENDPOINT_INDEPENDENT, Filtering.ADDRESS_DEPENDENT, 1)
            .discover(SETTINGS, servers);
    assertEquals(Mapping.ENDPOINT_INDEPENDENT, cone.mapping());
    assertEquals(Filtering.UNKNOWN, cone.filtering());
    NatBehaviour symmetric =
        network(Mapping.ADDRESS_DEPENDENT, Filtering.ADDRESS_DEPENDENT, 1)
            .discover(SETTINGS, servers);
    assertEquals(Mapping.ADDRESS_AND_PORT_DEPENDENT, symmetric.mapping());
  }

  @Test
  void shouldNotJudgeMappingByOnePlainServer() {
    NatBehaviour found =
        network(Mapping.ENDPOINT_INDEPENDENT, Filtering.ADDRESS_DEPENDENT, 1)
            .discover(SETTINGS, List.of(SimNetwork.PLAIN));
    assertEquals(Mapping.UNKNOWN, found.mapping());
    assertNotNull(found.mapped());
  }

  @Test
  void shouldGiveUpOnSilentServersInTime() {
    SimNetwork network = network(Mapping.ENDPOINT_INDEPENDENT, Filtering.ADDRESS_DEPENDENT, 1);
    NatBehaviour found = network.withLoss(1).discover(SETTINGS, List.of(SimNetwork.FIRST));
    assertEquals(NatBehaviour.UNKNOWN, found);
    assertEquals(SETTINGS.sends(), network.sentTo().size());
    assertEquals(SETTINGS.sends() * SETTINGS.intervalNs(), network.nowNs());
  }

  @Test
  void shouldKnowNothingWithoutServers() {
    assertEquals(
        NatBehaviour.UNKNOWN,
        network(Mapping.NONE, Filtering.ADDRESS_DEPENDENT, 1).discover(SETTINGS, List.of()));
  }

  @Test
  void shouldBelieveOnlyTheServerThatWasAsked() {
    List<byte[]> requests = new ArrayList<>();
    List<NatBehaviour> found = new ArrayList<>();
    BehaviourDiscovery discovery =
        new BehaviourDiscovery(
            List.of(SimNetwork.PLAIN),
            List.of(),
            1,
            SETTINGS,
            new Random(1),
            new DiscoveryOutput() {
              @Override
              public void send(InetSocketAddress to, byte[] datagram) {
                requests.add(datagram);
              }

              @Override
              public void onDone(NatBehaviour behaviour, long nowNs) {
                found.add(behaviour);
              }
            });
    discovery.start(0);
    TransactionId id = StunMessage.read(requests.getFirst()).orElseThrow().transactionId();
    InetSocketAddress lie = new InetSocketAddress("192.0.2.66", 66);
    byte[] right = StunWriter.of(StunKind.SUCCESS, id).mappedAddress(lie).datagram();
    TransactionId guess = new TransactionId(id.high(), id.low() + 1);
    byte[] guessed = StunWriter.of(StunKind.SUCCESS, guess).mappedAddress(lie).datagram();
    assertFalse(discovery.onDatagram(SimNetwork.OTHER_PLAIN, right, 1), "from elsewhere");
    assertFalse(discovery.onDatagram(SimNetwork.PLAIN, guessed, 1), "another number");
    assertTrue(
        discovery.onDatagram(SimNetwork.PLAIN, StunWriter.of(StunKind.SUCCESS, id).datagram(), 1),
        "without an address");
    assertEquals(List.of(), found);
    assertTrue(discovery.onDatagram(SimNetwork.PLAIN, right, 1));
    assertEquals(1, found.size());
    assertFalse(discovery.onDatagram(SimNetwork.PLAIN, right, 1), "a copy");
    assertEquals(Long.MAX_VALUE, discovery.nextDeadlineNs());
  }
}
