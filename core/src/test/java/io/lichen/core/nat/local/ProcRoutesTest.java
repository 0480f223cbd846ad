// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.net.InetAddress;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ProcRoutesTest {
  private static final String HEADING =
      "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT";

  private static DefaultRoute route(String nic, String gateway, long metric) {
    return new DefaultRoute(nic, InetAddress.ofLiteral(gateway), metric);
  }

  @Test
  void shouldReadDefaultRoutesOfIpv4() {
    Assumptions.assumeTrue(
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the lines are of such a machine");
    assertEquals(
        List.of(route("eth0", "192.168.1.254", 100), route("wlan0", "10.0.0.1", 600)),
        ProcRoutes.ipv4(
            List.of(
                HEADING,
                "wlan0\t00000000\t0100000A\t0003\t0\t0\t600\t00000000\t0\t0\t0",
                "eth0\t00000000\tFE01A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0",
                "eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0",
                "tun0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0",
                "tun0\t00000000\t0108000A\t0003\t0\t0\t0\t00000080\t0\t0\t0",
                "eth1\t00000000\tFE02A8C0\t0002\t0\t0\t0\t00000000\t0\t0\t0")));
  }

  @Test
  void shouldReadDefaultRoutesOfIpv6() {
    String zeros = "0".repeat(32);
    assertEquals(
        List.of(route("eth0", "fe80::1", 1024)),
        ProcRoutes.ipv6(
            List.of(
                zeros
                    + " 00 "
                    + zeros
                    + " 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003"
                    + "     eth0",
                zeros
                    + " 00 "
                    + zeros
                    + " 00 "
                    + zeros
                    + " ffffffff 00000001 00000000 00200200       lo")));
  }

  @Test
  void shouldPassOverLinesThatCannotBeRead() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>(List.of("", "x", HEADING));
    for (int i = 0; i < 10_000; i++) {
      char[] line = "eth0 00000000 FE01A8C0 0003 0 0 100 00000000 0 0 0".toCharArray();
      line[random.nextInt(line.length)] = (char) random.nextInt(0x20, 0x7f);
      line[random.nextInt(line.length)] = (char) random.nextInt(0x20, 0x7f);
      lines.add(new String(line));
    }
    assertNotNull(ProcRoutes.ipv4(lines), "seed " + seed);
    assertNotNull(ProcRoutes.ipv6(lines), "seed " + seed);
  }

  @Test
  void shouldReadThisMachine() {
    LocalNetwork network = new SystemNetwork().read();
    assertEquals(
        true, network.addresses().stream().anyMatch(each -> each.address().isLoopbackAddress()));
  }
}
