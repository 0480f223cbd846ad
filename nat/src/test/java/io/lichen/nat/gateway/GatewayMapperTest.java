// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayMapperTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final GatewaySettings SETTINGS =
      GatewaySettings.defaults().withLifetimeSeconds(600);
  private static final String BOTH = "203.0.113.9:41030 [UDP, TCP]";

  private final FakeGateway gateway = new FakeGateway();

  private FakeGateway natPmp() {
    gateway.begin(GatewayMapper.natPmp(FakeGateway.PORT, SETTINGS, gateway));
    return gateway;
  }

  private FakeGateway pcp() {
    gateway.begin(
        GatewayMapper.pcp(
            FakeGateway.PORT,
            InetAddress.getLoopbackAddress(),
            PcpNonces.draw(new Random(1)),
            SETTINGS,
            gateway));
    return gateway;
  }

  private void stop() {
    gateway.mapper().stop(gateway.nowNs);
    gateway.run(10 * SECOND_NS);
  }

  @Test
  void shouldAskByNatPmpAsLibmossDoes() {
    natPmp().run(SECOND_NS);
    stop();
    assertEquals(
        List.of(
            "00010000a046a04600000258",
            "00020000a046a04600000258",
            "0000",
            "00010000a046000000000000",
            "00020000a046000000000000"),
        gateway.requests);
    assertEquals(List.of(BOTH, "released"), gateway.told);
  }

  @Test
  void shouldAskByPcpAsLibmossDoes() {
    gateway.grantedPort = 50000;
    pcp().run(SECOND_NS);
    stop();
    List<String> withoutNonces =
        gateway.requests.stream()
            .map(request -> request.substring(0, 48) + request.substring(72))
            .toList();
    String head = "020100000000025800000000000000000000ffff7f000001";
    String gone = "020100000000000000000000000000000000ffff7f000001";
    String host = "0".repeat(32);
    assertEquals(
        List.of(
            head + "11000000a046a046" + host,
            head + "06000000a046c350" + host,
            gone + "11000000a046c350" + host,
            gone + "06000000a046c350" + host),
        withoutNonces);
    assertEquals(nonce(0), nonce(2), "the nonce that opened a port gives it back");
    assertEquals(nonce(1), nonce(3));
    assertEquals(List.of("203.0.113.9:50000 [UDP, TCP]", "released"), gateway.told);
  }

  private String nonce(int request) {
    return gateway.requests.get(request).substring(48, 72);
  }

  @Test
  void shouldTakeWhatItGets() {
    gateway.refusesTcp = true;
    natPmp().run(SECOND_NS);
    assertEquals(List.of("203.0.113.9:41030 [UDP]"), gateway.told);
  }

  @Test
  void shouldGiveBackPortThatLeadsNowhere() {
    gateway.host = new byte[4];
    natPmp().run(SECOND_NS);
    assertEquals(List.of("the gateway has no external address"), gateway.told);
    assertEquals(
        List.of("00010000a046000000000000", "00020000a046000000000000"),
        gateway.requests.subList(3, 5));
  }

  @Test
  void shouldAskAgainEveryMinuteAndNoticeAnotherAddress() {
    natPmp().run(SECOND_NS);
    gateway.host = new byte[] {(byte) 203, 0, 113, 10};
    gateway.run(60 * SECOND_NS);
    assertEquals(List.of(BOTH, "203.0.113.10:41030 [UDP, TCP]"), gateway.told);
  }

  @Test
  void shouldAskAgainAtHalfTimeOfShortLeases() {
    gateway.lifetimeSeconds = 10;
    natPmp().run(29 * SECOND_NS);
    assertEquals(6 * 3, gateway.requests.size());
    assertEquals(List.of(BOTH), gateway.told);
  }

  @Test
  void shouldNotBeHurriedByLeasesOfNoTime() {
    gateway.lifetimeSeconds = 1;
    natPmp().run(10 * SECOND_NS);
    assertTrue(gateway.requests.size() <= 11 * 3, gateway.requests.size() + " requests");
  }

  @Test
  void shouldKeepPortWhileGatewayIsSilentUntilItsTimeIsOver() {
    natPmp().run(SECOND_NS);
    gateway.silent = true;
    gateway.run(598 * SECOND_NS);
    assertEquals(List.of(BOTH), gateway.told);
    gateway.run(2 * SECOND_NS);
    assertEquals(List.of(BOTH, "the gateway has not renewed the port in time"), gateway.told);
    gateway.silent = false;
    gateway.run(70 * SECOND_NS);
    assertEquals(BOTH, gateway.told.getLast());
  }

  @Test
  void shouldGiveUpOnSilentGatewayAndTryAgain() {
    gateway.silent = true;
    natPmp().run(8 * SECOND_NS);
    assertEquals(SETTINGS.sends(), gateway.requests.size());
    assertEquals(List.of("the gateway opens no port by NAT-PMP"), gateway.told);
    gateway.silent = false;
    gateway.run(60 * SECOND_NS);
    assertEquals(BOTH, gateway.told.getLast());
  }

  @Test
  void shouldNoticeRestartByTheGatewaysClock() {
    natPmp().run(59 * SECOND_NS);
    gateway.beganNs = gateway.nowNs;
    gateway.run(SECOND_NS * 3 / 2);
    assertEquals(List.of(BOTH, "restarted"), gateway.told);
    assertEquals(2 * 3, gateway.requests.size(), "everything was asked for again");
    gateway.run(2 * SECOND_NS);
    assertEquals(3 * 3, gateway.requests.size(), "and once more, if it was amid the round");
    gateway.run(30 * SECOND_NS);
    assertEquals(3 * 3, gateway.requests.size());
  }

  @Test
  void shouldNotBeHurriedByGatewayThatAlwaysRestarts() {
    natPmp().run(SECOND_NS);
    for (int minute = 0; minute < 10; minute++) {
      gateway.beganNs = gateway.nowNs - minute % 2 * 3_000_000_000_000L;
      gateway.run(60 * SECOND_NS);
    }
    assertTrue(gateway.requests.size() <= 3 * 20, gateway.requests.size() + " requests");
  }

  @Test
  void shouldNotTakeDriftOrLossForRestart() {
    natPmp().run(SECOND_NS);
    for (int minute = 0; minute < 100; minute++) {
      gateway.beganNs -= SECOND_NS;
      gateway.silent = minute % 3 == 0;
      gateway.run(60 * SECOND_NS);
    }
    assertEquals(List.of(BOTH), gateway.told);
  }

  @Test
  void shouldAskAtOnceWhenHurried() {
    natPmp().run(SECOND_NS);
    gateway.host = new byte[] {(byte) 203, 0, 113, 10};
    gateway.mapper().hurry(gateway.nowNs);
    gateway.run(SECOND_NS);
    assertEquals(List.of(BOTH, "203.0.113.10:41030 [UDP, TCP]"), gateway.told);
  }

  @Test
  void shouldCountPortOfUdpAloneWhereTcpGetsAnother() {
    gateway.grantedTcpPort = 50_001;
    natPmp().run(SECOND_NS);
    assertEquals(List.of("203.0.113.9:41030 [UDP]"), gateway.told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "169.254.7.7", "224.0.0.1", "255.255.255.255", "0.1.2.3"})
  void shouldNotBelieveAddressThatNobodyHas(String host) {
    gateway.host = InetAddress.ofLiteral(host).getAddress();
    natPmp().run(SECOND_NS);
    assertEquals(List.of("the gateway has no external address"), gateway.told);
  }

  @Test
  void shouldStopInTimeThoughGatewayIsSilent() {
    natPmp().run(SECOND_NS);
    gateway.silent = true;
    stop();
    gateway.mapper().stop(gateway.nowNs);
    assertEquals(List.of(BOTH, "released"), gateway.told);
    assertEquals(Long.MAX_VALUE, gateway.mapper().nextDeadlineNs());
  }

  @Test
  void shouldGiveBackWhatItAskedForWithoutAnswer() {
    gateway.silent = true;
    natPmp();
    gateway.silent = false;
    stop();
    assertEquals(List.of("00010000a046a04600000258", "00010000a046000000000000"), gateway.requests);
    assertEquals(List.of("released"), gateway.told);
  }

  @Test
  void shouldSurviveAnyAnswer() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    natPmp();
    byte[] answer = HexFormat.of().parseHex("0081000000000007a046a04600000258");
    for (int i = 0; i < 100_000; i++) {
      byte[] mutated = Arrays.copyOf(answer, random.nextInt(answer.length + 5));
      if (mutated.length > 0) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      gateway.mapper().onDatagram(mutated, i);
      new Pcp(InetAddress.getLoopbackAddress(), PcpNonces.draw(random))
          .readMap(new MapRequest(PortKind.UDP, 1, 1, 1), mutated);
    }
    assertTrue(gateway.requests.size() > 1, "seed " + seed);
  }
}
