// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.net;

import io.lichen.bench.net.CountingListener;
import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetStream;
import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.NetTransportConfig;
import io.lichen.transport.net.SendVerdict;
import io.lichen.transport.net.StreamEvents;
import io.lichen.transport.net.StreamOptions;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The transport of a node alone: events are taken on its loop. */
final class TransportDriver extends CountingListener implements NetDriver {
  private final long nodeId = ThreadLocalRandom.current().nextLong();
  private final Receiver receiver;
  private final NetTransport transport;
  private CompletableFuture<NetSession> session = new CompletableFuture<>();
  private volatile @Nullable Sender echo;

  TransportDriver(byte[] psk, Receiver receiver) {
    this.receiver = receiver;
    transport = NetTransport.open(NetTransportConfig.defaults(nodeId, psk), this);
  }

  @Override
  public long nodeId() {
    return nodeId;
  }

  @Override
  public byte[] publicKey() {
    return transport.publicKey();
  }

  @Override
  public InetSocketAddress address() {
    return transport.localAddress();
  }

  @Override
  public void accept(long peerNodeId) {
    session = transport.accept(peerNodeId);
    session.join();
  }

  @Override
  public void connect(InetSocketAddress address, byte[] publicKey, long peerNodeId) {
    session = transport.connect(new NetDial(address, publicKey, peerNodeId, NetDial.Way.ROUTED));
    session.join();
  }

  @Override
  public void start() {
    transport.start();
  }

  @Override
  public void onSession(NetSession newSession) {
    session.complete(newSession);
  }

  @Override
  public Sender stream(long peerNodeId, long streamId, boolean reliable, int windowBytes) {
    StreamOptions options = reliable ? StreamOptions.ofReliable() : StreamOptions.ofFireAndForget();
    NetStream stream = session.join().stream(streamId, options.withWindowBytes(windowBytes));
    return events -> {
      SendVerdict verdict = stream.send(events);
      if (verdict != SendVerdict.SENT) {
        throw new IllegalStateException("the stream answered " + verdict);
      }
    };
  }

  @Override
  public void echo(Sender back) {
    echo = back;
  }

  @Override
  public void stopEcho() {
    echo = null;
  }

  @Override
  public void onEvents(NetSession from, StreamEvents events) {
    Sender back = echo;
    if (back == null) {
      receiver.onEvents(events.count());
      return;
    }
    events.forEach(
        (index, buffer, offset, length) -> {
          byte[] copy = new byte[length];
          buffer.getBytes(offset, copy);
          back.send(List.of(copy));
        });
  }

  @Override
  public void close() {
    transport.close();
  }
}
