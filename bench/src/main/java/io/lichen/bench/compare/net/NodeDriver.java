// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.net;

import io.lichen.core.net.DeliveryOptions;
import io.lichen.core.net.NetEvent;
import io.lichen.core.net.NetNode;
import io.lichen.transport.net.StreamOptions;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A {@link NetNode} with one subscriber. */
final class NodeDriver implements NetDriver, Flow.Subscriber<NetEvent> {
  private final NetNode node;
  private final Receiver receiver;
  private final boolean inline;
  private volatile @Nullable Sender echo;

  NodeDriver(byte[] psk, Receiver receiver, DeliveryOptions options) {
    this.receiver = receiver;
    this.inline = options.isInline();
    node = NetNode.builder().psk(psk).build();
    node.events(options).subscribe(this);
  }

  @Override
  public long nodeId() {
    return node.nodeId();
  }

  @Override
  public byte[] publicKey() {
    return node.publicKey();
  }

  @Override
  public InetSocketAddress address() {
    return node.address();
  }

  @Override
  public void accept(long peerNodeId) {
    var unused = node.accept(peerNodeId);
  }

  @Override
  public void connect(InetSocketAddress address, byte[] publicKey, long peerNodeId) {
    var unused = node.connect(address, publicKey, peerNodeId);
  }

  @Override
  public void start() {
    node.start();
  }

  @Override
  public Sender stream(long peerNodeId, long streamId, boolean reliable, int windowBytes) {
    StreamOptions options = reliable ? StreamOptions.ofReliable() : StreamOptions.ofFireAndForget();
    return node.openStream(peerNodeId, streamId, options.withWindowBytes(windowBytes))::send;
  }

  @Override
  public void echo(Sender back) {
    echo = back;
  }

  @Override
  public boolean isInline() {
    return inline;
  }

  @Override
  public void stopEcho() {
    echo = null;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(NetEvent event) {
    Sender back = echo;
    if (back == null) {
      receiver.onEvents(1);
    } else {
      back.send(List.of(event.data()));
    }
  }

  @Override
  public void onError(Throwable throwable) {
    throw new IllegalStateException("events ended", throwable);
  }

  @Override
  public void onComplete() {}

  @Override
  public void close() {
    node.close();
  }
}
