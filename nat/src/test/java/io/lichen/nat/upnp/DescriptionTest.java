// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.upnp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DescriptionTest {
  private static final InetAddress GATEWAY = InetAddress.ofLiteral("192.0.2.1");
  private static final URI LOCATION = URI.create("http://192.0.2.1:5000/rootDesc.xml");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<URI> location(String... lines) {
    return Ssdp.location(GATEWAY, bytes(String.join("\r\n", lines) + "\r\n\r\n"));
  }

  @Test
  void shouldAskForDevicesAsTheStandardWants() {
    String question = new String(Ssdp.search("urn:x"), StandardCharsets.US_ASCII);
    assertEquals(
        List.of(
            "M-SEARCH * HTTP/1.1",
            "HOST: 239.255.255.250:1900",
            "MAN: \"ssdp:discover\"",
            "MX: 1",
            "ST: urn:x",
            ""),
        question.lines().toList());
    assertTrue(question.endsWith("\r\n\r\n"));
  }

  @Test
  void shouldBelieveLocationAtWhoeverAnswers() {
    assertEquals(
        Optional.of(LOCATION),
        location("HTTP/1.1 200 OK", "ST: x", "Location: " + LOCATION, "EXT:"));
    assertEquals(Optional.empty(), location("NOTIFY * HTTP/1.1", "LOCATION: " + LOCATION));
    assertEquals(Optional.empty(), location("HTTP/1.1 200 OK", "ST: x"));
    for (String elsewhere :
        List.of(
            "http://192.0.2.2:5000/",
            "https://192.0.2.1/",
            "file:///etc/passwd",
            "http://gateway.example/",
            "http://192.0.2.1:x/",
            "")) {
      assertEquals(
          Optional.empty(), location("HTTP/1.1 200 OK", "LOCATION: " + elsewhere), elsewhere);
    }
    assertEquals(Optional.empty(), Ssdp.location(GATEWAY, new byte[0]));
  }

  private static String service(String type, String control) {
    return "<service><serviceType>urn:schemas-upnp-org:service:"
        + type
        + "</serviceType><serviceId>x</serviceId><controlURL>"
        + control
        + "</controlURL></service>";
  }

  private static List<WanService> services(String... all) throws UpnpException {
    return WanService.of(
        LOCATION,
        bytes(
            "<root xmlns=\"urn:schemas-upnp-org:device-1-0\"><device><deviceList><device>"
                + "<serviceList>"
                + String.join("", all)
                + "</serviceList></device></deviceList></device></root>"));
  }

  @Test
  void shouldFindServicesTheBestFirst() throws Exception {
    List<WanService> found =
        services(
            service("WANPPPConnection:1", "/ppp"),
            service("WANCommonInterfaceConfig:1", "/common"),
            service("WANIPConnection:1", "ip1"),
            service("WANIPConnection:2", "http://192.0.2.1:5000/ip2"));
    assertEquals(
        List.of(
            "http://192.0.2.1:5000/ip2", "http://192.0.2.1:5000/ip1", "http://192.0.2.1:5000/ppp"),
        found.stream().map(service -> service.control().toString()).toList());
  }

  @Test
  void shouldNotFollowServiceToAnotherHost() throws Exception {
    assertEquals(
        List.of(),
        services(
            service("WANIPConnection:1", "http://192.0.2.2/ip1"),
            service("WANIPConnection:1", "file:///etc/passwd"),
            service("WANIPConnection:1", ""),
            service("WANIPConnection:1", "a b")));
  }

  @Test
  void shouldRefuseWhatIsNoDescription() {
    for (String garbage :
        List.of(
            "",
            "garbage",
            "<root>",
            "<a></b>",
            "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><r><controlURL>&e;"
                + "</controlURL></r>",
            "<a>".repeat(100) + "</a>".repeat(100))) {
      assertThrows(UpnpException.class, () -> WanService.of(LOCATION, bytes(garbage)), garbage);
    }
  }
}
