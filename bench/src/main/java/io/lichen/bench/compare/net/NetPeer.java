// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.net;

import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetStream;
import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.NetTransportConfig;
import io.lichen.transport.net.SendVerdict;
import io.lichen.transport.net.StreamOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** One Lichen transport with the load that it makes and the arrivals that it counts. */
final class NetPeer implements AutoCloseable {
  static final int DEFAULT_WINDOW_BYTES = StreamOptions.DEFAULT_WINDOW_BYTES;

  private static final long ROUND_TRIP_SECONDS = 5;

  private final long nodeId = ThreadLocalRandom.current().nextLong();
  private final EventTally tally = new EventTally();
  private final Semaphore arrived = new Semaphore(0);
  private final PeerListener listener = new PeerListener(tally);
  private final NetTransport transport;
  private CompletableFuture<NetSession> session = new CompletableFuture<>();

  NetPeer(byte[] psk) {
    transport = NetTransport.open(NetTransportConfig.defaults(nodeId, psk), listener);
  }

  long nodeId() {
    return nodeId;
  }

  byte[] publicKey() {
    return transport.publicKey();
  }

  String address() {
    InetSocketAddress address = transport.localAddress();
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /** Waits for the peer. */
  void accept(long peerNodeId) {
    session = transport.accept(peerNodeId);
    session.join();
  }

  /** Dials the peer; how long that took, in nanoseconds. */
  long connect(String address, byte[] publicKey, long peerNodeId) {
    int colon = address.lastIndexOf(':');
    InetSocketAddress to =
        new InetSocketAddress(
            InetAddress.ofLiteral(address.substring(0, colon)),
            Integer.parseInt(address.substring(colon + 1)));
    NetDial dial = new NetDial(to, publicKey, peerNodeId, NetDial.Way.DIRECT);
    long beginNs = System.nanoTime();
    session = transport.connect(dial);
    session.join();
    return System.nanoTime() - beginNs;
  }

  void start() {
    transport.start();
  }

  /** Opens a stream; how it is opened holds from then on. */
  void openStream(long streamId, boolean reliable, int windowBytes) {
    StreamOptions options = reliable ? StreamOptions.ofReliable() : StreamOptions.ofFireAndForget();
    var unused = session.join().stream(streamId, options.withWindowBytes(windowBytes));
  }

  private NetStream stream(long streamId) {
    return session.join().stream(streamId, StreamOptions.ofReliable());
  }

  /** Sends as fast as the stream takes it; how many events it took. */
  long load(long streamId, int sizeBytes, int batch, long durationNs) {
    NetStream stream = stream(streamId);
    List<byte[]> events = Collections.nCopies(batch, event(sizeBytes));
    long endNs = System.nanoTime() + durationNs;
    long sent = 0;
    while (System.nanoTime() - endNs < 0) {
      require(stream.send(events));
      sent += batch;
    }
    return sent;
  }

  /** Counts what arrives from now on. */
  void tally() {
    tally.reset();
    listener.use(tally::add);
  }

  EventTally.Count awaitTally(long expected, long quietMs) throws InterruptedException {
    return tally.await(expected, quietMs);
  }

  /** Sends what arrives from now on back. */
  void echo(long streamId) {
    NetStream stream = stream(streamId);
    listener.echo(stream);
  }

  /** Times single events to a peer that echoes, in nanoseconds. */
  long[] roundTrips(long streamId, int sizeBytes, int count) throws InterruptedException {
    NetStream stream = stream(streamId);
    byte[] event = event(sizeBytes);
    listener.use(arrived::release);
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      long beginNs = System.nanoTime();
      require(stream.send(event));
      if (!arrived.tryAcquire(ROUND_TRIP_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("no echo within " + ROUND_TRIP_SECONDS + " s");
      }
      times[i] = System.nanoTime() - beginNs;
    }
    return times;
  }

  private static byte[] event(int sizeBytes) {
    byte[] event = new byte[sizeBytes];
    Arrays.fill(event, (byte) 'x');
    return event;
  }

  private static void require(SendVerdict verdict) {
    if (verdict != SendVerdict.SENT) {
      throw new IllegalStateException("the stream answered " + verdict);
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
