// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lichen.core.nat.check.NatFindings;
import io.lichen.core.nat.check.Tried;
import io.lichen.nat.behaviour.Filtering;
import io.lichen.nat.behaviour.Mapping;
import io.lichen.nat.profile.NatType;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(60)
class NatCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine commandLine = new CommandLine(new NatCommand());
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commandLine.execute(args);
  }

  @Test
  void shouldTellConeByTwoServersThatAgree() throws Exception {
    try (LyingStun one = new LyingStun("127.0.0.1", "198.51.100.7", 4001);
        LyingStun other = new LyingStun("127.0.0.2", "198.51.100.7", 4001)) {
      assertEquals(
          0, run("--json", "--no-routers", "--stun", one.address(), "--stun", other.address()));
      JsonNode found = new ObjectMapper().readTree(out.toString());
      assertEquals("port_restricted_cone", found.get("nat_type").asText());
      assertEquals("endpoint_independent", found.get("mapping").asText());
      assertEquals("unknown", found.get("filtering").asText());
      assertEquals("198.51.100.7:4001", found.get("external").asText());
      assertEquals("", found.get("mapped").asText());
      assertEquals(2, found.get("tried").size());
      assertEquals(one.address(), found.get("tried").get(0).get("target").asText());
      assertTrue(found.get("tried").get(0).get("worked").asBoolean());
      assertTrue(found.get("advice").get(0).asText().contains("hole punching"));
      assertEquals(
          "Asking STUN servers: " + one.address() + ", " + other.address() + "\n", err.toString());
    }
  }

  @Test
  void shouldTellSymmetricNatByTwoServersThatDiffer() throws Exception {
    try (LyingStun one = new LyingStun("127.0.0.1", "198.51.100.7", 4001);
        LyingStun other = new LyingStun("127.0.0.2", "198.51.100.7", 4002)) {
      assertEquals(0, run("--no-routers", "--stun", one.address(), "--stun", other.address()));
      assertTrue(out.toString().contains("a symmetric NAT (symmetric_nat)"), out.toString());
      assertTrue(out.toString().contains("another address for each destination"), out.toString());
    }
  }

  @Test
  void shouldSayThatNobodyAnswers() throws Exception {
    String address;
    try (LyingStun gone = new LyingStun("127.0.0.1", "198.51.100.7", 4001)) {
      address = gone.address();
    }
    assertEquals(
        0, run("--no-routers", "--timeout-ms", "100", "--stun", address, "--stun", "no.invalid:1"));
    assertTrue(out.toString().contains(address + ": no answer"), out.toString());
    assertTrue(out.toString().contains("no.invalid:1: no IPv4 address"), out.toString());
    assertTrue(out.toString().contains("No STUN server answered"), out.toString());
  }

  @Test
  void shouldAskNobodyIfToldSo() {
    assertEquals(0, run("--no-routers", "--no-stun"));
    assertEquals("", err.toString());
    assertTrue(out.toString().contains("not found out (unknown)"), out.toString());
  }

  @Test
  void shouldNameTheKeysOfWhatWorkedAndSteerNoTerminal() {
    NatFindings found =
        new NatFindings(
            NatType.PORT_RESTRICTED_CONE,
            Mapping.ENDPOINT_INDEPENDENT,
            Filtering.ADDRESS_AND_PORT_DEPENDENT,
            false,
            "198.51.100.7:4001",
            "",
            List.of("192.168.7.20"),
            List.of("192.168.7.1"),
            List.of(new Tried("UPnP", "192.168.7.1", false, "bad\u001b[2Jwords")),
            List.of());
    FindingsText.print(new PrintWriter(out, true), found);
    assertTrue(out.toString().contains("no   UPnP     192.168.7.1: bad?[2Jwords"), out.toString());
  }
}
