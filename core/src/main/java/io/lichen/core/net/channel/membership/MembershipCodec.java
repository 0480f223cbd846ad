// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.membership;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.core.net.channel.membership.Membership.Ack;
import io.lichen.core.net.channel.membership.Membership.Subscribe;
import io.lichen.core.net.channel.membership.Membership.Unsubscribe;
import io.lichen.core.net.wire.NetWireException;
import io.lichen.crypto.ChannelName;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Membership messages as octets, all lengths exact (docs/wire/net-channels.md, "Membership").
 * Stateless.
 */
public final class MembershipCodec {
  /** Longest token chain in octets. */
  public static final int MAX_CHAIN_BYTES = 0xFFFF;

  /** Longest name of a queue group in octets of UTF-8. */
  public static final int MAX_GROUP_BYTES = 255;

  private static final int SUBSCRIBE = 0;
  private static final int UNSUBSCRIBE = 1;
  private static final int ACK = 2;
  private static final int NONCE_END = 9;
  private static final int ACK_BYTES = 11;

  private MembershipCodec() {}

  /**
   * The message's octets.
   *
   * @throws IllegalArgumentException if chain or group are too long
   */
  public static byte[] encode(Membership message) {
    return switch (message) {
      case Subscribe subscribe -> encode(subscribe);
      case Unsubscribe unsubscribe -> {
        byte[] name = unsubscribe.channel().text().getBytes(US_ASCII);
        yield request(UNSUBSCRIBE, unsubscribe.nonce(), name, 0).array();
      }
      case Ack ack ->
          start(ACK, ack.nonce(), ACK_BYTES)
              .put((byte) (ack.accepted() ? 1 : 0))
              .put((byte) ack.reason().code())
              .array();
    };
  }

  private static byte[] encode(Subscribe subscribe) {
    byte[] name = subscribe.channel().text().getBytes(US_ASCII);
    byte[] chain = subscribe.chain() == null ? new byte[0] : subscribe.chain();
    byte[] group = subscribe.group() == null ? new byte[0] : subscribe.group().getBytes(UTF_8);
    requireAtMost(MAX_CHAIN_BYTES, chain.length, "a token chain");
    requireAtMost(MAX_GROUP_BYTES, group.length, "a queue group's name");
    int moreBytes = Short.BYTES + chain.length + (group.length == 0 ? 0 : 1 + group.length);
    return request(SUBSCRIBE, subscribe.nonce(), name, moreBytes)
        .putShort((short) chain.length)
        .put(chain)
        .put(group.length == 0 ? group : new byte[] {(byte) group.length})
        .put(group)
        .array();
  }

  private static ByteBuffer request(int type, long nonce, byte[] name, int moreBytes) {
    return start(type, nonce, NONCE_END + 1 + name.length + moreBytes)
        .put((byte) name.length)
        .put(name);
  }

  private static ByteBuffer start(int type, long nonce, int bytes) {
    return ByteBuffer.allocate(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) type)
        .putLong(nonce);
  }

  private static void requireAtMost(int most, int bytes, String what) {
    if (bytes > most) {
      throw new IllegalArgumentException(
          what + " has at most " + most + " octets here, not " + bytes);
    }
  }

  /**
   * Reads the readable octets to their end.
   *
   * @throws NetWireException if they are no message
   */
  public static Membership decode(ByteBuf in) throws NetWireException {
    require(in.readableBytes() >= NONCE_END, "a membership message ends inside its nonce");
    int type = in.readUnsignedByte();
    long nonce = in.readLongLE();
    Membership message =
        switch (type) {
          case SUBSCRIBE -> {
            ChannelName name = name(in);
            yield new Subscribe(name, nonce, chain(in), group(in));
          }
          case UNSUBSCRIBE -> new Unsubscribe(name(in), nonce);
          case ACK -> ack(in, nonce);
          default -> throw new NetWireException("membership type " + type + " is not 0, 1 or 2");
        };
    require(!in.isReadable(), "a membership message has octets after its end");
    return message;
  }

  private static ChannelName name(ByteBuf in) throws NetWireException {
    String text = text(in, in.isReadable() ? in.readUnsignedByte() : 0);
    require(ChannelName.isValid(text), "a membership message names no channel");
    return ChannelName.of(text);
  }

  private static byte @Nullable [] chain(ByteBuf in) throws NetWireException {
    if (!in.isReadable()) {
      return null;
    }
    require(in.readableBytes() >= Short.BYTES, "the length of a token chain is cut");
    int bytes = in.readUnsignedShortLE();
    if (bytes == 0) {
      return null;
    }
    require(in.readableBytes() >= bytes, "a token chain is cut");
    byte[] chain = new byte[bytes];
    in.readBytes(chain);
    return chain;
  }

  private static @Nullable String group(ByteBuf in) throws NetWireException {
    int bytes = in.isReadable() ? in.readUnsignedByte() : 0;
    return bytes == 0 ? null : text(in, bytes);
  }

  private static Ack ack(ByteBuf in, long nonce) throws NetWireException {
    require(in.readableBytes() == ACK_BYTES - NONCE_END, "an ack has 11 octets");
    int accepted = in.readUnsignedByte();
    AckReason reason = AckReason.ofCode(in.readUnsignedByte());
    require(accepted <= 1, "an ack accepts with 0 or 1");
    if (reason == null) {
      throw new NetWireException("an ack's reason is unknown");
    }
    return new Ack(nonce, accepted == 1, reason);
  }

  private static String text(ByteBuf in, int bytes) throws NetWireException {
    require(in.readableBytes() >= bytes, "a name is cut");
    byte[] octets = new byte[bytes];
    in.readBytes(octets);
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      throw new NetWireException("a name is not UTF-8");
    }
  }

  private static void require(boolean condition, String reason) throws NetWireException {
    if (!condition) {
      throw new NetWireException(reason);
    }
  }
}
