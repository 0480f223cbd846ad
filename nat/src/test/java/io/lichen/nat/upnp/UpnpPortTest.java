// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.upnp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.nat.gateway.PortMapping;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UpnpPortTest {
  private static final int PORT = 41030;
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.9");
  private static final WanService IP_1 =
      new WanService(
          "urn:schemas-upnp-org:service:WANIPConnection:1", URI.create("http://192.0.2.1/c"));
  private static final WanService IP_2 =
      new WanService(WanService.IP_2, URI.create("http://192.0.2.1/c"));

  private final FakeHttp http = new FakeHttp();

  private UpnpPort port(WanService... services) throws Exception {
    return UpnpPort.at(List.of(services), http, CLIENT, PORT, new Random(1));
  }

  private static String text(PortMapping mapping) {
    return mapping.external().getAddress().getHostAddress()
        + ":"
        + mapping.external().getPort()
        + " "
        + mapping.kinds().stream().sorted().toList();
  }

  @Test
  void shouldOpenAndGiveBackBothPorts() throws Exception {
    UpnpPort port = port(IP_1);
    assertEquals("203.0.113.9:41030 [UDP, TCP]", text(port.open(600)));
    port.close();
    port.close();
    assertEquals(
        List.of(
            "GetNATRSIPStatus",
            "AddPortMapping 41030 UDP 600",
            "AddPortMapping 41030 TCP 600",
            "GetExternalIPAddress",
            "DeletePortMapping 41030 UDP",
            "DeletePortMapping 41030 TCP"),
        http.calls);
  }

  @Test
  void shouldTakePortThatGatewayChooses() throws Exception {
    UpnpPort port = port(IP_2);
    assertEquals("203.0.113.9:50001 [UDP, TCP]", text(port.open(600)));
    assertEquals("AddAnyPortMapping 50001 TCP 600", http.calls.get(2));
    assertEquals("203.0.113.9:50001 [UDP, TCP]", text(port.open(600)));
    assertEquals("AddAnyPortMapping 50001 UDP 600", http.calls.get(4), "renewed as it is");
  }

  @Test
  void shouldTryOtherPortsWhereOneIsTaken() throws Exception {
    http.answer("AddPortMapping", "718", "718", "");
    PortMapping mapping = port(IP_1).open(600);
    int external = mapping.external().getPort();
    assertTrue(external >= 10_000 && external != PORT, "port " + external);
    assertEquals("AddPortMapping " + external + " TCP 600", http.calls.get(4));
  }

  @Test
  void shouldTakePermanentMappingWhereThereIsNoOther() throws Exception {
    http.answer("AddPortMapping", "725", "", "725", "");
    assertEquals("203.0.113.9:41030 [UDP, TCP]", text(port(IP_1).open(600)));
    assertEquals("AddPortMapping 41030 UDP 0", http.calls.get(2));
  }

  @Test
  void shouldSayWhyNothingIsOpen() throws Exception {
    http.answer("AddPortMapping", "606");
    UpnpPort port = port(IP_1);
    UpnpException refusal = assertThrows(UpnpException.class, () -> port.open(600));
    assertEquals("606", refusal.code());
  }

  @Test
  void shouldGiveBackPortThatLeadsNowhere() throws Exception {
    http.answer("GetExternalIPAddress", "<NewExternalIPAddress>0.0.0.0</NewExternalIPAddress>");
    UpnpPort port = port(IP_1);
    assertThrows(UpnpException.class, () -> port.open(600));
    assertEquals("DeletePortMapping 41030 TCP", http.calls.getLast());
  }

  @Test
  void shouldNotBelieveAddressThatNobodyHas() throws Exception {
    http.answer("GetExternalIPAddress", "<NewExternalIPAddress>127.0.0.1</NewExternalIPAddress>");
    UpnpPort port = port(IP_1);
    assertThrows(UpnpException.class, () -> port.open(600));
  }

  @Test
  void shouldCountPortOfUdpAloneWhereTcpGetsAnother() throws Exception {
    http.answer(
        "AddAnyPortMapping",
        "<NewReservedPort>50001</NewReservedPort>",
        "<NewReservedPort>50002</NewReservedPort>");
    assertEquals("203.0.113.9:50001 [UDP]", text(port(IP_2).open(600)));
  }

  @Test
  void shouldGiveBackWhatItAskedForWithoutAnswer() throws Exception {
    UpnpPort port = port(IP_1);
    http.failing = true;
    assertThrows(IOException.class, () -> port.open(600));
    http.failing = false;
    port.close();
    assertEquals("DeletePortMapping 41030 UDP", http.calls.getLast());
  }

  @Test
  void shouldPassOverServiceThatIsNotInUse() throws Exception {
    http.answer("GetNATRSIPStatus", "501", "<NewNATEnabled>1</NewNATEnabled>");
    port(IP_2, IP_1).open(600);
    assertEquals("AddPortMapping 41030 UDP 600", http.calls.get(2));
    http.answer("GetNATRSIPStatus", "<NewNATEnabled>0</NewNATEnabled>");
    assertThrows(UpnpException.class, () -> port(IP_1));
  }

  @Test
  void shouldRefuseGarbage() throws Exception {
    http.answer("AddAnyPortMapping", "<NewReservedPort>0</NewReservedPort>");
    UpnpPort any = port(IP_2);
    assertThrows(UpnpException.class, () -> any.open(600));
    http.answer("GetExternalIPAddress", "<not closed>");
    UpnpPort one = port(IP_1);
    assertThrows(UpnpException.class, () -> one.open(600));
    http.answer("GetExternalIPAddress", "<NewExternalIPAddress>localhost</NewExternalIPAddress>");
    assertThrows(UpnpException.class, () -> one.open(600));
  }
}
