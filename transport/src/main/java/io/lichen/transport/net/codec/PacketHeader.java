// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.codec;

import java.util.Arrays;
import java.util.Objects;

/**
 * The 68-byte header in front of every packet, as a view of a byte array
 * (docs/wire/net-transport.md, "Packet header"). One object serves any number of packets; nothing
 * is allocated. Not thread-safe.
 */
public final class PacketHeader {
  /** Length of a header. */
  public static final int BYTES = 68;

  /** Length of what the AEAD binds of it. */
  public static final int AAD_BYTES = 56;

  /** First two bytes. */
  public static final int MAGIC = 0x4E45;

  /** The only version. */
  public static final int VERSION = 1;

  /** The longest payload, before sealing. */
  public static final int MAX_PAYLOAD_BYTES = 8108;

  /** The most events that a payload can hold: empty ones. */
  public static final int MAX_EVENTS = 2027;

  /** The packet is acknowledged and repeated. */
  public static final int FLAG_RELIABLE = 0x01;

  /** The payload is a handshake message in clear. */
  public static final int FLAG_HANDSHAKE = 0x10;

  /** An empty packet that says that the sender lives. */
  public static final int FLAG_HEARTBEAT = 0x20;

  private static final int MAGIC_AT = 0;
  private static final int VERSION_AT = 2;
  private static final int FLAGS_AT = 3;
  private static final int HOP_COUNT_AT = 6;
  private static final int FRAGMENT_FLAGS_AT = 7;
  private static final int SUBPROTOCOL_AT = 8;
  private static final int CHANNEL_HASH_AT = 10;
  private static final int NONCE_AT = 12;
  private static final int COUNTER_AT = 16;
  private static final int SESSION_AT = 24;
  private static final int STREAM_AT = 32;
  private static final int SEQUENCE_AT = 40;
  private static final int ORIGIN_AT = 48;
  private static final int FRAGMENT_ID_AT = 60;
  private static final int FRAGMENT_OFFSET_AT = 62;
  private static final int PAYLOAD_LENGTH_AT = 64;
  private static final int EVENT_COUNT_AT = 66;

  private byte[] bytes = new byte[BYTES];
  private int offset;

  /**
   * Looks at the header that begins here.
   *
   * @return this
   * @throws IndexOutOfBoundsException if less than 68 bytes follow
   */
  public PacketHeader wrap(byte[] array, int at) {
    Objects.checkFromIndexSize(at, BYTES, array.length);
    bytes = array;
    offset = at;
    return this;
  }

  /**
   * Makes it a header of this version in which everything else is zero.
   *
   * @return this
   */
  public PacketHeader clear() {
    Arrays.fill(bytes, offset, offset + BYTES, (byte) 0);
    LittleEndian.putShort(bytes, offset + MAGIC_AT, MAGIC);
    bytes[offset + VERSION_AT] = VERSION;
    return this;
  }

  /** Whether magic, version and both counts are ones that a node may send. */
  public boolean isValid() {
    return LittleEndian.getShort(bytes, offset + MAGIC_AT) == MAGIC
        && bytes[offset + VERSION_AT] == VERSION
        && payloadLength() <= MAX_PAYLOAD_BYTES
        && eventCount() <= MAX_EVENTS;
  }

  /**
   * Writes the 56 bytes that the AEAD binds: all fields but the nonce, with the hop count as zero.
   */
  public void writeAad(byte[] out, int at) {
    System.arraycopy(bytes, offset, out, at, NONCE_AT);
    out[at + HOP_COUNT_AT] = 0;
    System.arraycopy(bytes, offset + SESSION_AT, out, at + NONCE_AT, BYTES - SESSION_AT);
  }

  /** The flags, 0 to 255. */
  public int flags() {
    return Byte.toUnsignedInt(bytes[offset + FLAGS_AT]);
  }

  /** Sets the flags. */
  public PacketHeader flags(int value) {
    bytes[offset + FLAGS_AT] = (byte) value;
    return this;
  }

  /** Whether the packet is a handshake message. */
  public boolean isHandshake() {
    return (flags() & FLAG_HANDSHAKE) != 0;
  }

  /** Whether the packet is a heartbeat. */
  public boolean isHeartbeat() {
    return (flags() & FLAG_HEARTBEAT) != 0;
  }

  /** The fragment flags, 0 to 255. */
  public int fragmentFlags() {
    return Byte.toUnsignedInt(bytes[offset + FRAGMENT_FLAGS_AT]);
  }

  /** The fragment's group, 0 to 65535. */
  public int fragmentId() {
    return LittleEndian.getShort(bytes, offset + FRAGMENT_ID_AT);
  }

  /** Where in its event the fragment begins, 0 to 65535. */
  public int fragmentOffset() {
    return LittleEndian.getShort(bytes, offset + FRAGMENT_OFFSET_AT);
  }

  /** Sets the three fragment fields. */
  public PacketHeader fragment(int flags, int id, int at) {
    bytes[offset + FRAGMENT_FLAGS_AT] = (byte) flags;
    LittleEndian.putShort(bytes, offset + FRAGMENT_ID_AT, id);
    LittleEndian.putShort(bytes, offset + FRAGMENT_OFFSET_AT, at);
    return this;
  }

  /** The subprotocol, 0 to 65535; 0 is the event plane. */
  public int subprotocolId() {
    return LittleEndian.getShort(bytes, offset + SUBPROTOCOL_AT);
  }

  /** Sets the subprotocol. */
  public PacketHeader subprotocolId(int value) {
    LittleEndian.putShort(bytes, offset + SUBPROTOCOL_AT, value);
    return this;
  }

  /** The low 16 bits of a channel's hash; without meaning unless the subprotocol is 0. */
  public int channelHash() {
    return LittleEndian.getShort(bytes, offset + CHANNEL_HASH_AT);
  }

  /** Sets the low 16 bits of the channel's hash. */
  public PacketHeader channelHash(int value) {
    LittleEndian.putShort(bytes, offset + CHANNEL_HASH_AT, value);
    return this;
  }

  /** The packet's counter out of the nonce field, unsigned. */
  public long counter() {
    return LittleEndian.getLong(bytes, offset + COUNTER_AT);
  }

  /** Sets the nonce field. */
  public PacketHeader nonce(int prefix, long counter) {
    LittleEndian.putInt(bytes, offset + NONCE_AT, prefix);
    LittleEndian.putLong(bytes, offset + COUNTER_AT, counter);
    return this;
  }

  /** The session id, unsigned. */
  public long sessionId() {
    return LittleEndian.getLong(bytes, offset + SESSION_AT);
  }

  /** Sets the session id. */
  public PacketHeader sessionId(long value) {
    LittleEndian.putLong(bytes, offset + SESSION_AT, value);
    return this;
  }

  /** The stream id, unsigned. */
  public long streamId() {
    return LittleEndian.getLong(bytes, offset + STREAM_AT);
  }

  /** The number in the stream, unsigned. */
  public long sequence() {
    return LittleEndian.getLong(bytes, offset + SEQUENCE_AT);
  }

  /** Sets stream id and number in the stream. */
  public PacketHeader stream(long id, long sequence) {
    LittleEndian.putLong(bytes, offset + STREAM_AT, id);
    LittleEndian.putLong(bytes, offset + SEQUENCE_AT, sequence);
    return this;
  }

  /** The publisher's origin hash, unsigned; 0 if nothing is published. */
  public long originHash() {
    return LittleEndian.getLong(bytes, offset + ORIGIN_AT);
  }

  /** Sets the publisher's origin hash. */
  public PacketHeader originHash(long value) {
    LittleEndian.putLong(bytes, offset + ORIGIN_AT, value);
    return this;
  }

  /** Length of the payload before sealing, 0 to 65535. */
  public int payloadLength() {
    return LittleEndian.getShort(bytes, offset + PAYLOAD_LENGTH_AT);
  }

  /** How many event frames the payload holds, 0 to 65535. */
  public int eventCount() {
    return LittleEndian.getShort(bytes, offset + EVENT_COUNT_AT);
  }

  /** Sets what the payload holds. */
  public PacketHeader payload(int length, int events) {
    LittleEndian.putShort(bytes, offset + PAYLOAD_LENGTH_AT, length);
    LittleEndian.putShort(bytes, offset + EVENT_COUNT_AT, events);
    return this;
  }
}
