// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.PeerStream;
import io.lichen.transport.net.NetStream;
import io.lichen.transport.net.SendVerdict;
import io.lichen.transport.net.StreamOptions;
import io.lichen.transport.net.StreamStats;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A stream of a session, as the application sees it. */
final class StreamHandle implements PeerStream {
  private final NetStream stream;
  private final AsyncLane lane;

  /**
   * Makes one.
   *
   * @param lane where sends wait for those who must not
   */
  StreamHandle(NetStream stream, AsyncLane lane) {
    this.stream = stream;
    this.lane = lane;
  }

  @Override
  public long id() {
    return stream.id();
  }

  @Override
  public long peer() {
    return stream.session().peerNodeId();
  }

  @Override
  public StreamOptions options() {
    return stream.options();
  }

  @Override
  public int maxEventBytes() {
    return stream.maxEventBytes();
  }

  @Override
  public void send(List<byte[]> events) {
    SendVerdict verdict = stream.send(events);
    if (verdict != SendVerdict.SENT) {
      throw NodeErrors.of(verdict, this.toString());
    }
  }

  @Override
  public SendVerdict offer(List<byte[]> events) {
    return stream.send(events);
  }

  @Override
  public CompletableFuture<Void> sendAsync(List<byte[]> events) {
    List<byte[]> copy = new ArrayList<>(events.size());
    events.forEach(event -> copy.add(event.clone()));
    return lane.submit(
        () -> {
          send(copy);
          return null;
        });
  }

  @Override
  public StreamStats stats() {
    return stream.stats();
  }

  @Override
  public void close() {
    lane.close();
    stream.close();
  }

  @Override
  public String toString() {
    return "stream " + Long.toUnsignedString(id()) + " to node " + Long.toUnsignedString(peer());
  }
}
