// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.membership;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.core.json.Fuzz;
import io.lichen.core.net.channel.membership.Membership.Ack;
import io.lichen.core.net.channel.membership.Membership.Subscribe;
import io.lichen.core.net.channel.membership.Membership.Unsubscribe;
import io.lichen.core.net.wire.NetWireException;
import io.lichen.crypto.ChannelName;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Membership messages as the native prints and reads them. */
class MembershipCodecTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final ChannelName METRICS = ChannelName.of("lab/metrics");
  private static final byte[] CHAIN = new byte[170];

  @Test
  void shouldWriteRequestsAsTheNative() throws NetWireException {
    same(new Subscribe(METRICS, 1, null, null), "0001000000000000000b6c61622f6d6574726963730000");
    same(
        new Unsubscribe(METRICS, 1234605616436508552L),
        "0188776655443322110b6c61622f6d657472696373");
    same(
        new Subscribe(ChannelName.of("secure/x"), 11, CHAIN, "g"),
        "000b00000000000000087365637572652f78aa00" + "00".repeat(170) + "0167");
    same(
        new Subscribe(ChannelName.of("secure/x"), 10, CHAIN, null),
        "000a00000000000000087365637572652f78aa00" + "00".repeat(170));
  }

  @ParameterizedTest
  @CsvSource({
    "1, true, NONE, 0201000000000000000100",
    "3, false, UNKNOWN_CHANNEL, 0203000000000000000002",
    "4, false, RATE_LIMITED, 0204000000000000000003",
    "-1, false, TOO_MANY_CHANNELS, 02ffffffffffffffff0004",
    "1, false, IDENTITY_NOT_ESTABLISHED, 0201000000000000000005"
  })
  void shouldWriteAcksAsTheNative(long nonce, boolean accepted, AckReason reason, String octets)
      throws NetWireException {
    same(new Ack(nonce, accepted, reason), octets);
  }

  private static void same(Membership message, String octets) throws NetWireException {
    assertEquals(octets, HEX.formatHex(MembershipCodec.encode(message)));
    Membership read = decode(octets);
    assertEquals(octets, HEX.formatHex(MembershipCodec.encode(read)));
    assertEquals(message.nonce(), read.nonce());
    if (message instanceof Subscribe sent) {
      Subscribe subscribe = assertInstanceOf(Subscribe.class, read);
      assertEquals(sent.channel(), subscribe.channel());
      assertEquals(sent.group(), subscribe.group());
      assertArrayEquals(sent.chain(), subscribe.chain());
    } else {
      assertEquals(message, read);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001000000000000000161", "0001000000000000000161000000"})
  void shouldReadRequestsWithoutTokenOrGroup(String octets) throws NetWireException {
    Subscribe read = assertInstanceOf(Subscribe.class, decode(octets));
    assertNull(read.chain());
    assertNull(read.group());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "03",
        "030100000000000000",
        "00010000000000",
        "000100000000000000",
        "00010000000000000000",
        "00010000000000000001410000",
        "000100000000000000016100",
        "00010000000000000001610200aa",
        "0001000000000000000161000001",
        "00010000000000000001610000025a",
        "0001000000000000000161000001675a",
        "0001000000000000000161000001ff",
        "00010000000000000002c3a90000",
        "010100000000000000016100",
        "0201000000000000000009",
        "0201000000000000000200",
        "02010000000000000001",
        "02010000000000000001000000"
      })
  void shouldRefuseWhatTheNativeRefuses(String octets) {
    assertThrows(NetWireException.class, () -> decode(octets));
  }

  @Test
  void shouldNotWriteWhatDoesNotFit() {
    Subscribe longGroup = new Subscribe(METRICS, 1, null, "é".repeat(128));
    Subscribe longChain = new Subscribe(METRICS, 1, new byte[65_536], null);
    assertThrows(IllegalArgumentException.class, () -> MembershipCodec.encode(longGroup));
    assertThrows(IllegalArgumentException.class, () -> MembershipCodec.encode(longChain));
  }

  @Test
  void shouldSurviveWhateverPeersSend() {
    List<byte[]> right =
        List.of(
            MembershipCodec.encode(new Subscribe(METRICS, 7, CHAIN, "group")),
            MembershipCodec.encode(new Unsubscribe(METRICS, 7)),
            MembershipCodec.encode(new Ack(7, false, AckReason.UNAUTHORIZED)));
    Fuzz.run(
        right,
        input -> {
          Membership read = orNull(input);
          if (read != null) {
            byte[] again = MembershipCodec.encode(read);
            assertArrayEquals(again, MembershipCodec.encode(decode(HEX.formatHex(again))));
          }
        });
  }

  private static @Nullable Membership orNull(byte[] input) {
    try {
      return MembershipCodec.decode(Unpooled.wrappedBuffer(input));
    } catch (NetWireException e) {
      return null;
    }
  }

  private static Membership decode(String octets) throws NetWireException {
    return MembershipCodec.decode(Unpooled.wrappedBuffer(HEX.parseHex(octets)));
  }
}
