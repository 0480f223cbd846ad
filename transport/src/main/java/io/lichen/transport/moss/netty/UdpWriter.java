// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.transport.moss.codec.DatagramCodec;
import io.lichen.transport.moss.codec.DatagramKind;
import io.lichen.transport.moss.codec.MuxPacket;
import io.lichen.transport.moss.session.UdpPacketSealer;
import io.lichen.transport.netty.SocketKit;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/** Writes datagrams to the UDP socket. On its event loop. */
final class UdpWriter {
  private final Channel channel;
  private final DatagramCodec codec;
  private final byte[] scratch;
  private final ChannelFutureListener onWritten;

  UdpWriter(Channel channel, DatagramCodec codec, Ledger ledger) {
    this.channel = channel;
    this.codec = codec;
    this.scratch = new byte[DatagramCodec.MAX_DATAGRAM_BYTES + codec.maxOverheadBytes()];
    this.onWritten =
        future -> {
          if (!future.isSuccess()) {
            ledger.count("udp_send_failed");
          }
        };
  }

  EventLoop loop() {
    return channel.eventLoop();
  }

  Channel channel() {
    return channel;
  }

  /** Where the socket is bound. */
  InetSocketAddress local() {
    return (InetSocketAddress) channel.localAddress();
  }

  /** Whether an address is of the socket's family. */
  boolean reaches(InetSocketAddress address) {
    return SocketKit.family(address) == SocketKit.family(local());
  }

  DatagramCodec codec() {
    return codec;
  }

  int maxPayloadBytes() {
    return DatagramCodec.MAX_DATAGRAM_BYTES
        - codec.overheadBytes()
        - UdpPacketSealer.OVERHEAD_BYTES;
  }

  boolean isWritable() {
    return channel.isWritable();
  }

  void flush() {
    channel.flush();
  }

  /** Sends one datagram at once. */
  void send(InetSocketAddress to, int kind, byte[] payload) {
    int length = codec.seal(kind, payload, 0, payload.length, scratch, 0);
    ChannelFuture unused = write(to, length);
    channel.flush();
  }

  /** Sends at once what is no datagram of the mesh. */
  void sendBare(InetSocketAddress to, byte[] octets) {
    ByteBuf buffer = channel.alloc().directBuffer(octets.length).writeBytes(octets);
    ChannelFuture unused =
        channel.writeAndFlush(new DatagramPacket(buffer, to)).addListener(onWritten);
  }

  /** Seals a session packet and hands it to the channel, which waits for a flush. */
  ChannelFuture writePacket(InetSocketAddress to, UdpPacketSealer sealer, byte[] payload) {
    int offset = codec.payloadOffset();
    int packetLength = sealer.seal(MuxPacket.MESH_STREAM, payload, scratch, offset);
    int length = codec.seal(DatagramKind.PACKET, scratch, offset, packetLength, scratch, 0);
    return write(to, length);
  }

  /** Sends a session packet with nothing in it at once. */
  void sendNothing(InetSocketAddress to, UdpPacketSealer sealer) {
    int offset = codec.payloadOffset();
    int packetLength = sealer.sealNothing(scratch, offset);
    int length = codec.seal(DatagramKind.PACKET, scratch, offset, packetLength, scratch, 0);
    ChannelFuture unused = write(to, length);
    channel.flush();
  }

  private ChannelFuture write(InetSocketAddress to, int length) {
    ByteBuf buffer = channel.alloc().directBuffer(length, length);
    buffer.writeBytes(scratch, 0, length);
    return channel.write(new DatagramPacket(buffer, to)).addListener(onWritten);
  }
}
