// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.net;

import io.lichen.bench.compare.net.NetDriver.Receiver;
import io.lichen.bench.compare.net.NetDriver.Sender;
import io.lichen.transport.net.StreamOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One Lichen end with the load that it makes and the arrivals that it counts. */
final class NetPeer implements AutoCloseable {
  static final int DEFAULT_WINDOW_BYTES = StreamOptions.DEFAULT_WINDOW_BYTES;

  private static final long ROUND_TRIP_SECONDS = 5;

  private final EventTally tally = new EventTally();
  private final Semaphore arrived = new Semaphore(0);
  private final NetDriver driver;
  private volatile Receiver receiver = tally::add;
  private Sender stream = events -> {};

  NetPeer(NetDriver.Factory factory, byte[] psk) {
    driver = factory.open(psk, count -> receiver.onEvents(count));
  }

  long nodeId() {
    return driver.nodeId();
  }

  byte[] publicKey() {
    return driver.publicKey();
  }

  String address() {
    InetSocketAddress address = driver.address();
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  void accept(long peerNodeId) {
    driver.accept(peerNodeId);
  }

  /** Dials the peer; how long that took, in nanoseconds. */
  long connect(String address, byte[] publicKey, long peerNodeId) {
    int colon = address.lastIndexOf(':');
    InetSocketAddress to =
        new InetSocketAddress(
            InetAddress.ofLiteral(address.substring(0, colon)),
            Integer.parseInt(address.substring(colon + 1)));
    long beginNs = System.nanoTime();
    driver.connect(to, publicKey, peerNodeId);
    return System.nanoTime() - beginNs;
  }

  void start() {
    driver.start();
  }

  /** Opens the stream that is used from now on. */
  void openStream(long peerNodeId, long streamId, boolean reliable, int windowBytes) {
    stream = driver.stream(peerNodeId, streamId, reliable, windowBytes);
  }

  /** Sends as fast as the stream takes it; how many events it took. */
  long load(int sizeBytes, int batch, long durationNs) {
    List<byte[]> events = Collections.nCopies(batch, event(sizeBytes));
    long endNs = System.nanoTime() + durationNs;
    long sent = 0;
    while (System.nanoTime() - endNs < 0) {
      stream.send(events);
      sent += batch;
    }
    return sent;
  }

  /** Counts what arrives from now on. */
  void tally() {
    tally.reset();
    driver.stopEcho();
    receiver = tally::add;
  }

  EventTally.Count awaitTally(long expected, long quietMs) throws InterruptedException {
    return tally.await(expected, quietMs);
  }

  /** Sends what arrives from now on back. */
  void echo() {
    driver.echo(stream);
  }

  /**
   * Times single events to a peer that echoes, in nanoseconds. Where arrivals are told on the
   * network thread the next event is sent from there, too.
   */
  long[] roundTrips(int sizeBytes, int count) throws InterruptedException {
    List<byte[]> event = List.of(event(sizeBytes));
    if (driver.isInline()) {
      PingPong game = new PingPong(stream, event, count);
      receiver = game;
      return game.times(ROUND_TRIP_SECONDS);
    }
    receiver = arrived::release;
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      long beginNs = System.nanoTime();
      stream.send(event);
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

  @Override
  public void close() {
    driver.close();
  }
}
