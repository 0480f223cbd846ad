// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.core.json.Fuzz;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The wire's forms of fixed layout, as natives printed them. */
class FixedFormsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String NONE = "00".repeat(24);
  private static final String PINGWAVE =
      "d10e5085c8e3c209"
          + NONE
          + "0400000000000000"
          + "01"
          + "01"
          + "01401e18240a0600"
          + "eecdab9078563412"
          + "01000000"
          + "09"
          + "01"
          + "0101010000000000";
  private static final String MANIFEST =
      "0500000401000100010401000100000501000100000601000100000b01000100";

  @Test
  void shouldReadAndWriteAPingwave() throws NetWireException {
    Pingwave wave = Pingwave.decode(octets(PINGWAVE));

    assertEquals(
        new Pingwave(
            703374942192799441L,
            4,
            1,
            1,
            1700000000000001L,
            1311768467294899694L,
            1,
            9,
            PingwaveHealth.DEGRADED,
            PingwaveProfile.of(true, 1, 4)),
        wave);
    assertEquals(PINGWAVE, HEX.formatHex(wave.encode()));
  }

  @Test
  void shouldAgeAPingwaveThatIsPassedOn() throws NetWireException {
    Pingwave passed = Pingwave.decode(octets(PINGWAVE)).forwarded();

    assertEquals(PINGWAVE.replace("010101401e", "000201401e"), HEX.formatHex(passed.encode()));
    assertFalse(passed.mayTravel());
    assertThrows(IllegalStateException.class, passed::forwarded);
  }

  @Test
  void shouldRefuseWhatIsNoPingwave() {
    assertThrows(NetWireException.class, () -> Pingwave.decode(octets(PINGWAVE + "00")));
    assertThrows(NetWireException.class, () -> Pingwave.decode(octets(PINGWAVE.substring(2))));
    assertThrows(
        NetWireException.class,
        () -> Pingwave.decode(octets(PINGWAVE.replace("090101010100", "090401010100"))));
    assertThrows(
        NetWireException.class,
        () -> Pingwave.decode(octets(PINGWAVE.replace(NONE, NONE.replaceFirst("00$", "01")))));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0", "1,0", "2,1", "4,1", "5,2", "8,2", "9,3", "17,4", "64,5", "65,6", "129,7", "-1,7"
  })
  void shouldTellMemoryInTiers(int memoryGb, int tier) {
    assertEquals(tier, PingwaveProfile.memoryTier(memoryGb));
    assertEquals(tier << 16 | 0xFF00, PingwaveProfile.of(false, 1000, memoryGb));
  }

  @Test
  void shouldKnowTheShortPingwave() throws NetWireException {
    String hex = "0a0000000000000001000000000000000300000000000000";
    LegacyPingwave wave = LegacyPingwave.decode(octets(hex));

    assertEquals(new LegacyPingwave(10, 1, 3, 0), wave);
    assertEquals(hex, HEX.formatHex(wave.encode()));
    assertThrows(NetWireException.class, () -> LegacyPingwave.decode(octets(hex + "00")));
  }

  @Test
  void shouldReadAndWriteAWithdrawal() throws NetWireException {
    String hex = "16110000000000000100000000000000";
    RouteWithdrawal withdrawal = RouteWithdrawal.decode(octets(hex));

    assertEquals(new RouteWithdrawal(4374, 1), withdrawal);
    assertEquals(hex, HEX.formatHex(withdrawal.encode()));
    assertThrows(NetWireException.class, () -> RouteWithdrawal.decode(octets(hex + "00")));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,0,0,7461696c2d30,2229404350,2017681180,000000000000000000000000000000000000000000000000",
    "1,1,7777,1,7461696c2d31,3571639005,3063552287,01010000611e000000000000010000000000000000000000",
    "255,1,38885,5,7461696c2d35,2155346307,312564550,ff010000e597000000000000050000000000000000000000"
  })
  void shouldReadAndWriteEventMeta(
      int dispatch,
      int flags,
      long origin,
      long seq,
      String tail,
      long older,
      long newer,
      String hex)
      throws NetWireException {
    EventMeta meta = EventMeta.decode(octets(hex + "ffff"));

    assertEquals(new EventMeta(dispatch, flags, origin, seq, 0), meta);
    assertEquals(hex, HEX.formatHex(meta.encode()));
    assertEquals((int) older, EventMeta.checksumOf(HEX.parseHex(tail)));
    assertEquals(
        (int) newer,
        new EventMeta(dispatch, flags, origin, seq, 77).checksumWith(HEX.parseHex(tail)));
    assertThrows(NetWireException.class, () -> EventMeta.decode(octets(hex.substring(2))));
  }

  @Test
  void shouldReadAndWriteAManifest() throws NetWireException {
    SubprotocolManifest manifest = SubprotocolManifest.decode(octets(MANIFEST));

    assertEquals(
        List.of(0x0400, 0x0401, 0x0500, 0x0600, 0x0B00),
        manifest.entries().stream().map(SubprotocolManifest.Entry::id).toList());
    assertEquals(MANIFEST, HEX.formatHex(manifest.encode()));
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "01",
    "0100",
    "010000040100",
    "0100000401000200",
    "0200000401000100000401000100"
  })
  void shouldRefuseManifestsThatContradictThemselves(String hex) {
    assertThrows(NetWireException.class, () -> SubprotocolManifest.decode(octets(hex)));
  }

  @Test
  void shouldNameEverySubprotocol() {
    assertEquals("capability", SubprotocolIds.name(SubprotocolIds.CAPABILITY));
    assertEquals("unallocated", SubprotocolIds.name(0x0601));
    assertEquals("vendor", SubprotocolIds.name(0x2000));
    assertEquals("experimental", SubprotocolIds.name(SubprotocolIds.MAX));
  }

  @Test
  void shouldReadOrRefuseAnything() {
    Fuzz.run(
        List.of(HEX.parseHex(PINGWAVE), HEX.parseHex(MANIFEST), new byte[16], new byte[24]),
        input -> {
          tried(() -> Pingwave.decode(Unpooled.wrappedBuffer(input)));
          tried(() -> LegacyPingwave.decode(Unpooled.wrappedBuffer(input)));
          tried(() -> RouteWithdrawal.decode(Unpooled.wrappedBuffer(input)));
          tried(() -> EventMeta.decode(Unpooled.wrappedBuffer(input)));
          tried(() -> SubprotocolManifest.decode(Unpooled.wrappedBuffer(input)));
        });
  }

  @Test
  void shouldReadOrRefuseAnyAddress() {
    Fuzz.run(
        List.of(
            "192.168.0.1:65535".getBytes(StandardCharsets.UTF_8),
            "[2001:db8::ffff:1.2.3.4]:9".getBytes(StandardCharsets.UTF_8)),
        input -> tried(() -> ReflexAddress.parse(new String(input, StandardCharsets.UTF_8))));
  }

  private interface Decoding {
    Object run() throws NetWireException;
  }

  private static void tried(Decoding decoding) {
    try {
      decoding.run();
    } catch (NetWireException e) {
      assertFalse(String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8).length == 0);
    }
  }

  private static ByteBuf octets(String hex) {
    return Unpooled.wrappedBuffer(HEX.parseHex(hex));
  }
}
