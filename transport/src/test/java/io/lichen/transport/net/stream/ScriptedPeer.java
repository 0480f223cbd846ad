// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** An end of a link that a test plays by hand: it says what it is told, and keeps what comes. */
class ScriptedPeer implements SimLink.End {
  static final int BOUNDARY = StreamPacket.FLAG_RELIABLE | StreamPacket.FLAG_MODE_BOUNDARY;

  final List<SimDatagram> received = new ArrayList<>();
  final SimLink link;
  private final int index;

  ScriptedPeer(SimLink link, int index) {
    this.link = link;
    this.index = index;
    link.attach(index, this);
  }

  /** Sends a packet with one event, which is a number. */
  void say(long streamId, long sequence, int flags, long number) {
    say(streamId, sequence, flags, 0, number);
  }

  void say(long streamId, long sequence, int flags, long originHash, long number) {
    byte[] frames =
        ByteBufUtil.getBytes(Unpooled.buffer().writeIntLE(Long.BYTES).writeLongLE(number));
    link.send(
        index, new SimDatagram(streamId, sequence, flags, 0, 0, originHash, 0, 0, 0, 1, frames));
  }

  void window(long streamId, long totalBytes, long ackSequence) {
    ByteBuf message = Unpooled.buffer();
    StreamControl.writeWindow(message, streamId, totalBytes, ackSequence);
    control(StreamControl.WINDOW, message);
  }

  void missing(long streamId, long nextExpected, long bitmap) {
    ByteBuf message = Unpooled.buffer();
    StreamControl.writeNack(message, streamId, nextExpected, bitmap);
    control(StreamControl.NACK, message);
  }

  void reset(long streamId) {
    ByteBuf message = Unpooled.buffer();
    StreamControl.writeReset(message, streamId);
    control(StreamControl.RESET, message);
  }

  private void control(int id, ByteBuf message) {
    ByteBuf frame = Unpooled.buffer().writeIntLE(message.readableBytes()).writeBytes(message);
    byte[] frames = ByteBufUtil.getBytes(frame);
    link.send(index, new SimDatagram(StreamControl.STREAM_ID, 0, 0, id, 0, 0, 0, 0, 0, 1, frames));
  }

  /** The packets of events that came. */
  List<SimDatagram> events() {
    return received.stream().filter(datagram -> datagram.subprotocolId() == 0).toList();
  }

  /** The last control message of a kind, without what stands in front; it must have come. */
  ByteBuf lastControl(int id) {
    SimDatagram last =
        received.stream()
            .filter(datagram -> datagram.subprotocolId() == id)
            .reduce((first, second) -> second)
            .orElseThrow();
    return Unpooled.wrappedBuffer(last.frames()).skipBytes(Integer.BYTES);
  }

  long controls(int id) {
    return received.stream().filter(datagram -> datagram.subprotocolId() == id).count();
  }

  @Override
  public void onDatagram(SimDatagram datagram, long nowNs) {
    received.add(datagram);
  }

  @Override
  public void onBatchEnd(long nowNs) {}

  @Override
  public void onTimer(long nowNs) {}

  @Override
  public long nextDeadlineNs() {
    return SessionStreams.NO_DEADLINE;
  }
}
