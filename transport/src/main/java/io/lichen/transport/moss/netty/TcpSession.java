// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.crypto.ChaChaPoly;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.TransportException;
import io.lichen.transport.moss.codec.MuxPacket;
import io.lichen.transport.moss.handshake.Established;
import io.lichen.transport.moss.session.FrameAssembler;
import io.lichen.transport.moss.session.OutboundQueue;
import io.lichen.transport.moss.session.TcpFrameOpener;
import io.lichen.transport.moss.session.TcpFrameSealer;
import io.lichen.transport.netty.Channels;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A session on its own TCP connection. */
final class TcpSession extends NettySession {
  /** How long the connection may outlast the session of a node that stops, in milliseconds. */
  static final long LINGER_MS = 2000;

  private static final int BATCHES_PER_TURN = 16;

  private final Channel channel;
  private final ReceiveSizes receiveSizes;
  private final TcpFrameSealer sealer;
  private final TcpFrameOpener opener;
  private final FrameAssembler assembler;
  private final int maxPayloadBytes;
  private byte[] early = {};
  private boolean reading = true;

  TcpSession(
      TransportContext context,
      Channel channel,
      ReceiveSizes receiveSizes,
      Established established,
      boolean outbound) {
    super(
        context,
        channel.eventLoop(),
        established,
        (InetSocketAddress) channel.remoteAddress(),
        outbound);
    this.channel = channel;
    this.receiveSizes = receiveSizes;
    this.sealer = new TcpFrameSealer(established.keys().sendKey());
    this.opener = new TcpFrameOpener(established.keys().receiveKey());
    int maxBody = context.maxFrameBodyBytes();
    this.assembler = new FrameAssembler(ChaChaPoly.TAG_BYTES, maxBody, this::onFrame);
    this.maxPayloadBytes = maxBody - ChaChaPoly.TAG_BYTES - MuxPacket.HEADER_BYTES;
  }

  @Override
  public Carrier carrier() {
    return Carrier.TCP;
  }

  @Override
  public boolean usesListeningPort() {
    return channel.localAddress() instanceof InetSocketAddress local
        && context.isSharedPort(local.getPort());
  }

  @Override
  public int maxPayloadBytes() {
    return maxPayloadBytes;
  }

  @Override
  public CompletableFuture<InetSocketAddress> observe(Duration timeout) {
    return CompletableFuture.failedFuture(
        new TransportException(
            TransportException.Reason.UNSUPPORTED, "a TCP session cannot observe addresses"));
  }

  /** Keeps what came in the same read as the end of the handshake. */
  void keepEarly(byte[] octets) {
    early = octets;
  }

  @Override
  void startReading() {
    receiveSizes.peerIsKnown();
    byte[] first = early;
    early = new byte[0];
    if (first.length > 0) {
      onOctets(first, first.length);
      onReadComplete();
    }
    if (isOpen()) {
      channel.config().setAutoRead(reading);
    }
  }

  @Override
  void applyReading(boolean wanted) {
    reading = wanted;
    if (handler != null && isOpen()) {
      channel.config().setAutoRead(wanted);
    }
  }

  @Override
  void closeSocket() {
    boolean isInUse = handler != null && channel.isActive();
    if (isInUse && endReason() == CloseReason.STOPPED && channel instanceof DuplexChannel duplex) {
      linger(duplex);
    } else {
      Channels.close(channel);
    }
  }

  /**
   * Says that this was all, and waits until the other end has taken it and closes the connection. A
   * socket that is closed while there is something to read, as there is while a peer speaks, resets
   * the connection, and what it had not sent yet is lost. What comes now is thrown away.
   */
  private void linger(DuplexChannel duplex) {
    Future<?> limit = loop.schedule(() -> Channels.close(duplex), LINGER_MS, TimeUnit.MILLISECONDS);
    duplex.closeFuture().addListener(closed -> limit.cancel(false));
    duplex.config().setAutoRead(true);
    var unused = duplex.shutdownOutput();
  }

  @Override
  void awaitEnd(long deadlineNs) {
    channel
        .closeFuture()
        .awaitUninterruptibly(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  /** What a read brought; the buffer stays the caller's. */
  void onRead(ByteBuf buffer) {
    byte[] scratch = context.loopBuffers().inbound();
    while (buffer.isReadable() && isOpen()) {
      int length = Math.min(buffer.readableBytes(), scratch.length);
      buffer.readBytes(scratch, 0, length);
      onOctets(scratch, length);
    }
  }

  private void onOctets(byte[] octets, int length) {
    countIn(length);
    if (!assembler.accept(octets, 0, length) && isOpen()) {
      context.ledger().refuse("tcp_bad_frame", remoteAddress(), "the session is closed");
      close(CloseReason.BAD_FRAME);
    }
  }

  void onReadComplete() {
    if (handler != null && !hasEnded()) {
      handler.onBatchComplete();
    }
  }

  private boolean onFrame(byte[] buffer, int offset, int length) {
    int packetLength = opener.open(buffer, offset, length);
    if (packetLength < 0) {
      return false;
    }
    deliver(buffer, offset, packetLength);
    return isOpen();
  }

  @Override
  int batchesPerTurn() {
    return BATCHES_PER_TURN;
  }

  @Override
  boolean takesMore() {
    return channel.isWritable();
  }

  /** Seals as many payloads as fit into one buffer and writes them at once. */
  @Override
  void writeBatch() {
    byte[] payload = queue.peek();
    int needed = payload == null ? 0 : payload.length + TcpFrameSealer.OVERHEAD_BYTES;
    byte[] out = context.loopBuffers().outbound(needed);
    int length = 0;
    long cost = 0;
    while (payload != null
        && payload.length + TcpFrameSealer.OVERHEAD_BYTES <= out.length - length) {
      length += sealer.seal(MuxPacket.MESH_STREAM, payload, out, length);
      cost += OutboundQueue.cost(payload);
      queue.poll();
      payload = queue.peek();
    }
    ByteBuf buffer = channel.alloc().directBuffer(length, length);
    buffer.writeBytes(out, 0, length);
    long released = cost;
    int written = length;
    channel
        .writeAndFlush(buffer)
        .addListener(
            future -> {
              release(released);
              if (future.isSuccess()) {
                countOut(written);
              } else {
                onWriteFailed(future.cause());
              }
            });
  }

  private void onWriteFailed(@Nullable Throwable cause) {
    // A write that a closed channel refuses is not why it was closed.
    if (isOpen() && !(cause instanceof ClosedChannelException)) {
      context.ledger().count("write_failed");
      close(CloseReason.WRITE_FAILED);
    }
  }
}
