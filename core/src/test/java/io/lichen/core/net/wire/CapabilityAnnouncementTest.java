// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import static io.lichen.core.net.wire.RecordedAnnouncements.FULL;
import static io.lichen.core.net.wire.RecordedAnnouncements.FULL_SEED;
import static io.lichen.core.net.wire.RecordedAnnouncements.USUAL;
import static io.lichen.core.net.wire.RecordedAnnouncements.decode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.json.Fuzz;
import io.lichen.crypto.entity.EntityKeyPair;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilityAnnouncementTest {
  private static final String BARE =
      "{\"node_id\":1,\"entity_id\":\""
          + "4d0ec3a0d03fefff93a9bcce2a24b406d46f44aeff1f7787daedb13caafa402c"
          + "\",\"version\":2,\"timestamp_ns\":3,\"ttl_secs\":4,\"capabilities\":{}}";

  @Test
  void shouldWriteWhatTheNativeWrote() throws NetWireException {
    assertEquals(FULL, text(decode(FULL).encode()));
    assertEquals(USUAL, text(decode(USUAL).encode()));
  }

  @Test
  void shouldReadEveryMember() throws NetWireException {
    CapabilityAnnouncement said = decode(FULL);

    assertEquals(said.entity().nodeId(), said.nodeId());
    assertEquals(10, said.version());
    assertEquals(1700000000123456798L, said.timestampNs());
    assertEquals(309, said.ttlSecs());
    assertEquals(
        List.of("model:llama \"q\"\\4", "subprotocol:0x0400", "\u03c4ag"),
        said.capabilities().tags());
    assertEquals(
        Map.of("a", "b", "intent", "line1\nline2\t\u0001"), said.capabilities().metadata());
    assertEquals(List.of(1L, -1L), said.allowed().nodes());
    assertEquals(List.of("07".repeat(16)), said.allowed().subnets());
    assertEquals(1, said.allowed().groups().size());
    assertTrue(said.isSigned());
  }

  @Test
  void shouldSignAsTheNativeDid() throws NetWireException {
    EntityKeyPair keys = EntityKeyPair.ofSeed(HexFormat.of().parseHex(FULL_SEED));

    assertEquals(decode(FULL).signature(), decode(FULL).sign(keys).signature());
  }

  @Test
  void shouldKeepTheSignatureValidWhenPassedOn() throws NetWireException {
    CapabilityAnnouncement passed = decode(text(decode(USUAL).forwarded().forwarded().encode()));

    assertEquals(2, passed.hopCount());
    assertTrue(text(passed.encode()).endsWith(",\"hop_count\":2}"));
    assertTrue(passed.isSigned());
  }

  @ParameterizedTest
  @CsvSource({"ttl_secs\":301,ttl_secs\":302", "nrpc:echo,nrpc:evil", "version\":2,version\":3"})
  void shouldNoticeWhatWasChanged(String before, String after) throws NetWireException {
    assertTrue(USUAL.contains(before));

    assertFalse(decode(USUAL.replace(before, after)).isSigned());
  }

  @Test
  void shouldTellThatNobodySigned() throws NetWireException {
    assertNull(decode(BARE).signature());
    assertFalse(decode(BARE).isSigned());
  }

  @Test
  void shouldIgnoreUnknownMembersAndTheirOrder() throws NetWireException {
    String text =
        " { \"zzz\" : [1,{\"a\":null}], \"hop_count\":0,"
            + USUAL.substring(1, USUAL.length() - 1)
            + " }";

    assertEquals(USUAL, text(decode(text).encode()));
    assertTrue(decode(text).isSigned());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|{\"tags\":[],\"metadata\":{}}",
        "[]|{\"tags\":[],\"metadata\":{}}",
        "[[\"b\",\"a\",\"b\"],{\"k\":\"v\"}]|{\"tags\":[\"a\",\"b\"],\"metadata\":{\"k\":\"v\"}}",
        "{\"metadata\":{\"k\":\"v\",\"k\":\"w\"},\"x\":1}|{\"tags\":[],\"metadata\":{\"k\":\"w\"}}",
        "{\"tags\":[\"\\u0061\\/\"]}|{\"tags\":[\"a/\"],\"metadata\":{}}"
      })
  void shouldTakeCapabilitiesInAnyFormAndWriteThemInOne(String given, String written)
      throws NetWireException {
    String text =
        text(decode(BARE.replace("\"capabilities\":{}", "\"capabilities\":" + given)).encode());

    assertEquals(BARE.replace("\"capabilities\":{}", "\"capabilities\":" + written), text);
  }

  @Test
  void shouldSortByOctetsAndNotByUnits() {
    CapabilityTags said = CapabilityTags.of(List.of("\ud83d\ude00", "\uffee", "z"), Map.of());

    assertEquals(List.of("z", "\uffee", "\ud83d\ude00"), said.tags());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "null", "{", "\"\"", "1"})
  void shouldRefuseWhatIsNoObjectWithMembers(String text) {
    assertThrows(NetWireException.class, () -> decode(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "node_id\":1|node_id\":-1",
        "node_id\":1|node_id\":1.0",
        "node_id\":1|node_id\":1e3",
        "node_id\":1|node_id\":\"1\"",
        "node_id\":1|node_id\":18446744073709551616",
        "node_id|Node_id",
        "entity_id\":\"4d|entity_id\":\"4",
        "entity_id\":\"4d|entity_id\":\"4x",
        "version\":2|version\":2,\"version\":2",
        "ttl_secs\":4|ttl_secs\":4294967296",
        "ttl_secs\":4|ttl_secs\":4,\"hop_count\":256",
        "capabilities\":{}|capabilities\":null",
        "capabilities\":{}|capabilitiez\":{}",
        "capabilities\":{}|capabilities\":{\"tags\":[\"\"]}",
        "capabilities\":{}|capabilities\":{\"tags\":[],\"tags\":[]}",
        "capabilities\":{}|capabilities\":{\"tags\":[1]}",
        "capabilities\":{}|capabilities\":{\"tags\":[\"\\ud800\"]}",
        "capabilities\":{}|capabilities\":{\"metadata\":{\"\\ud800\":\"\"}}",
        "capabilities\":{}|capabilities\":[[],{},1]",
        "capabilities\":{}|capabilities\":{},\"signature\":\"00\"",
        "capabilities\":{}|capabilities\":{},\"signature\":1",
        "capabilities\":{}|capabilities\":{},\"reflex_addr\":\"1.2.3.4\"",
        "capabilities\":{}|capabilities\":{},\"allowed_nodes\":null",
        "capabilities\":{}|capabilities\":{},\"allowed_subnets\":[[1]]",
        "capabilities\":{}|capabilities\":{},\"allowed_groups\":[[256]]",
        "capabilities\":{}|capabilities\":{},\"owner_cert\":\"abc\""
      })
  void shouldRefuseWrongMembers(String right, String wrong) throws NetWireException {
    decode(BARE);
    String text = BARE.replace(right, wrong);

    assertNotEquals(BARE, text);
    assertThrows(NetWireException.class, () -> decode(text), text);
  }

  @Test
  void shouldRefuseMoreThan64EntriesOfAnAllowList() throws NetWireException {
    String most = "1" + ",1".repeat(63);
    String text = BARE.substring(0, BARE.length() - 1) + ",\"allowed_nodes\":[%s]}";

    assertEquals(64, decode(text.formatted(most)).allowed().nodes().size());
    assertThrows(NetWireException.class, () -> decode(text.formatted(most + ",1")));
  }

  @Test
  void shouldRefuseLongTextsUnread() {
    byte[] deep = new byte[CapabilityAnnouncement.MAX_BYTES + 1];
    Arrays.fill(deep, (byte) '[');

    NetWireException refused =
        assertThrows(
            NetWireException.class,
            () -> CapabilityAnnouncement.decode(Unpooled.wrappedBuffer(deep)));

    assertTrue(String.valueOf(refused.getMessage()).contains("8104"), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9:40123,203.0.113.9:40123",
    "1.2.3.4:00080,1.2.3.4:80",
    "[2001:DB8:0:0:1:0:0:1]:1,[2001:db8::1:0:0:1]:1",
    "[1:0:0:2:0:0:0:3]:2,[1:0:0:2::3]:2",
    "[1:0:2:3:4:5:6:7]:3,[1:0:2:3:4:5:6:7]:3",
    "[::]:4,[::]:4",
    "[::1]:5,[::1]:5",
    "[1::]:6,[1::]:6",
    "[::ffff:1.2.3.4]:7,[::ffff:1.2.3.4]:7",
    "[::FFFF:102:304]:8,[::ffff:1.2.3.4]:8"
  })
  void shouldWriteAddressesInTheirOneForm(String given, String written) throws NetWireException {
    assertEquals(written, ReflexAddress.parse(given).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3.4",
        "1.2.3.4:65536",
        "1.2.3:4",
        "01.2.3.4:5",
        "256.2.3.4:5",
        "host:5",
        "::1:5",
        "[fe80::1%5]:6",
        "[1.2.3.4]:5",
        "[1:2]:3",
        "1.2.3.4:-1"
      })
  void shouldRefuseAddressesThatTheNativeRefuses(String text) {
    assertThrows(NetWireException.class, () -> ReflexAddress.parse(text));
  }

  @Test
  void shouldReadOrRefuseAnything() {
    Fuzz.run(
        List.of(FULL.getBytes(UTF_8), USUAL.getBytes(UTF_8), BARE.getBytes(UTF_8)),
        input -> {
          CapabilityAnnouncement said;
          try {
            said = CapabilityAnnouncement.decode(Unpooled.wrappedBuffer(input));
          } catch (NetWireException e) {
            return;
          }
          assertEquals(said, decode(text(said.encode())));
        });
  }

  private static String text(byte[] octets) {
    return new String(octets, UTF_8);
  }
}
