// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The plain datagram by which a node makes itself known to nodes that it has no session with
 * (docs/wire/net-routing.md, "Pingwave"). Nothing in it is authenticated. Immutable.
 *
 * @param origin node id of who emitted it first, unsigned
 * @param seq its number there, unsigned
 * @param ttl how many more times it may be passed on, 0 to 255
 * @param hopCount how many times it was passed on, 0 to 255
 * @param originTimeUs when it was emitted, in Unix microseconds of the origin's clock
 * @param capabilityHash informational fold of the origin's capabilities; 0 if it announced none
 * @param capabilityVersion how often the origin changed them, unsigned
 * @param loadLevel 0 to 255
 * @param health how the origin is
 * @param profile eight octets about what it has, see {@link PingwaveProfile}
 */
public record Pingwave(
    long origin,
    long seq,
    int ttl,
    int hopCount,
    long originTimeUs,
    long capabilityHash,
    int capabilityVersion,
    int loadLevel,
    PingwaveHealth health,
    long profile) {
  /** Length in octets, by which a pingwave is told from other datagrams. */
  public static final int BYTES = 72;

  /** Pingwaves that were passed on this often are not taken any more. */
  public static final int MAX_HOPS = 16;

  private static final int SEQ_OFFSET = 32;
  private static final int TTL_OFFSET = 40;
  private static final int HOP_COUNT_OFFSET = 41;
  private static final int TIME_OFFSET = 42;
  private static final int HASH_OFFSET = 50;
  private static final int VERSION_OFFSET = 58;
  private static final int LOAD_OFFSET = 62;
  private static final int HEALTH_OFFSET = 63;
  private static final int PROFILE_OFFSET = 64;

  /**
   * Reads the readable octets, which are left as they are.
   *
   * @throws NetWireException if they are not exactly one pingwave
   */
  public static Pingwave decode(ByteBuf in) throws NetWireException {
    if (in.readableBytes() != BYTES) {
      throw new NetWireException("a pingwave has " + BYTES + " octets, not " + in.readableBytes());
    }
    int at = in.readerIndex();
    for (int offset = Long.BYTES; offset < SEQ_OFFSET; offset += Long.BYTES) {
      if (in.getLong(at + offset) != 0) {
        throw new NetWireException("behind a pingwave's origin stand 24 zero octets");
      }
    }
    return new Pingwave(
        in.getLongLE(at),
        in.getLongLE(at + SEQ_OFFSET),
        in.getUnsignedByte(at + TTL_OFFSET),
        in.getUnsignedByte(at + HOP_COUNT_OFFSET),
        in.getLongLE(at + TIME_OFFSET),
        in.getLongLE(at + HASH_OFFSET),
        in.getIntLE(at + VERSION_OFFSET),
        in.getUnsignedByte(at + LOAD_OFFSET),
        PingwaveHealth.of(in.getUnsignedByte(at + HEALTH_OFFSET)),
        in.getLongLE(at + PROFILE_OFFSET));
  }

  /** The 72 octets. */
  public byte[] encode() {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(0, origin)
        .putLong(SEQ_OFFSET, seq)
        .put(TTL_OFFSET, (byte) ttl)
        .put(HOP_COUNT_OFFSET, (byte) hopCount)
        .putLong(TIME_OFFSET, originTimeUs)
        .putLong(HASH_OFFSET, capabilityHash)
        .putInt(VERSION_OFFSET, capabilityVersion)
        .put(LOAD_OFFSET, (byte) loadLevel)
        .put(HEALTH_OFFSET, (byte) health.code())
        .putLong(PROFILE_OFFSET, profile)
        .array();
  }

  /** Whether it may be passed on. */
  public boolean mayTravel() {
    return ttl > 0;
  }

  /**
   * What is passed on: one hop older.
   *
   * @throws IllegalStateException unless it {@linkplain #mayTravel may travel}
   */
  public Pingwave forwarded() {
    if (!mayTravel()) {
      throw new IllegalStateException("a pingwave with ttl 0 is not passed on");
    }
    return new Pingwave(
        origin,
        seq,
        ttl - 1,
        Math.min(hopCount + 1, 0xFF),
        originTimeUs,
        capabilityHash,
        capabilityVersion,
        loadLevel,
        health,
        profile);
  }
}
