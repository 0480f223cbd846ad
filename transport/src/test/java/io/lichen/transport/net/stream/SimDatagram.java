// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** A packet on the way, as a receiver would open it. */
record SimDatagram(
    long streamId,
    long sequence,
    int flags,
    int subprotocolId,
    int channelHash,
    long originHash,
    int fragmentFlags,
    int fragmentId,
    int fragmentOffset,
    int eventCount,
    byte[] frames) {
  static SimDatagram of(StreamPacket packet) {
    return new SimDatagram(
        packet.streamId(),
        packet.sequence(),
        packet.flags(),
        packet.subprotocolId(),
        packet.channelHash(),
        packet.originHash(),
        packet.fragmentFlags(),
        packet.fragmentId(),
        packet.fragmentOffset(),
        packet.eventCount(),
        ByteBufUtil.getBytes(packet.frames()));
  }

  /** Fills a record as a session does. */
  StreamPacket fill(StreamPacket packet) {
    return packet
        .begin(streamId, sequence, flags)
        .published(channelHash, originHash)
        .fragment(fragmentFlags, fragmentId, fragmentOffset)
        .payload(Unpooled.wrappedBuffer(frames), eventCount);
  }
}
