// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.net.NetTransportException;
import io.lichen.transport.net.session.DatagramIn;
import io.lichen.transport.netty.SocketKit;
import io.lichen.transport.wait.Await;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two sockets on loopback, with each way of moving datagrams that this machine has. */
class UdpSocketTest {
  private static final int BUFFER_BYTES = 4 << 20;

  /** Half of what systems allow at least, and what the kernel needs for a datagram, roughly. */
  private static final int TURN_BYTES = 100_000;

  private static final int OVERHEAD_BYTES = 1000;

  static Stream<Arguments> ways() {
    SocketKit best = new SocketKit();
    SocketTuning tuned = SocketTuning.of(best);
    return Stream.of("127.0.0.1", "::1")
        .flatMap(
            host ->
                Stream.of(
                    Arguments.of(best, tuned, host),
                    Arguments.of(best, new SocketTuning(tuned.segmentation(), false, 4), host),
                    Arguments.of(best, new SocketTuning(false, tuned.coalescing(), 1), host),
                    Arguments.of(new SocketKit(false), new SocketTuning(false, false, 1), host)));
  }

  private static UdpSocket bind(SocketKit kit, SocketTuning tuning, String host) {
    return UdpSocket.bind(
        kit, tuning, new InetSocketAddress(InetAddress.ofLiteral(host), 0), BUFFER_BYTES);
  }

  private static UdpSocket bind() {
    return UdpSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BUFFER_BYTES);
  }

  private static long counter(UdpSocket socket, String name) {
    return socket.counters().getOrDefault(name, -1L);
  }

  private static ByteBuf buffer(byte[] octets) {
    return PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(octets);
  }

  /** Runs of one size, alone ones, and every change of size: what runs have to be cut at. */
  private static List<byte[]> mixture(long seed) {
    Random random = new Random(seed);
    List<byte[]> datagrams = new ArrayList<>();
    while (datagrams.size() < 150) {
      int size = 1 + random.nextInt(random.nextBoolean() ? 200 : 8192);
      for (int i = random.nextInt(12); i >= 0; i--) {
        byte[] octets = new byte[size];
        random.nextBytes(octets);
        datagrams.add(octets);
      }
    }
    return datagrams;
  }

  /** The next ones that a receiver has room for that is given no time meanwhile. */
  private static List<byte[]> turn(List<byte[]> datagrams, int from) {
    int to = from;
    for (int bytes = 0; to < datagrams.size() && bytes < TURN_BYTES; to++) {
      bytes += datagrams.get(to).length + OVERHEAD_BYTES;
    }
    return datagrams.subList(from, to);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldBringEveryDatagramWholeAndInOrder(SocketKit kit, SocketTuning tuning, String host) {
    long seed = System.nanoTime();
    List<byte[]> datagrams = mixture(seed);
    Collector engine = new Collector();
    try (UdpSocket from = bind(kit, tuning, host);
        UdpSocket to = bind(kit, tuning, host)) {
      to.start(engine);
      from.start(new Collector());
      for (int sent = 0; sent < datagrams.size(); ) {
        List<byte[]> turn = turn(datagrams, sent);
        from.loop().execute(() -> turn.forEach(d -> from.send(to.localAddress(), buffer(d))));
        sent += turn.size();
        int expected = sent;
        Await.until(() -> engine.datagrams.size() == expected);
      }
      for (int i = 0; i < datagrams.size(); i++) {
        assertArrayEquals(datagrams.get(i), engine.datagrams.get(i), "seed " + seed + ", " + i);
        assertEquals(from.localAddress(), engine.senders.get(i));
      }
      assertTrue(engine.batches.get() > 0);
      assertEquals(datagrams.size(), counter(to, "datagrams_received"));
      assertEquals(datagrams.size(), counter(from, "datagrams_sent"));
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldKeepDatagramsToTwoPeersApart(SocketKit kit, SocketTuning tuning, String host) {
    Collector one = new Collector();
    Collector two = new Collector();
    try (UdpSocket from = bind(kit, tuning, host);
        UdpSocket toOne = bind(kit, tuning, host);
        UdpSocket toTwo = bind(kit, tuning, host)) {
      toOne.start(one);
      toTwo.start(two);
      from.start(new Collector());
      from.loop()
          .execute(
              () -> {
                for (int i = 0; i < 90; i++) {
                  UdpSocket to = i % 3 == 0 ? toOne : toTwo;
                  from.send(to.localAddress(), buffer(new byte[] {(byte) i, 7}));
                }
              });
      Await.until(() -> one.datagrams.size() == 30 && two.datagrams.size() == 60);
      assertTrue(one.datagrams.stream().allMatch(d -> d[0] % 3 == 0));
      assertTrue(two.datagrams.stream().noneMatch(d -> d[0] % 3 == 0));
    }
  }

  @Test
  void shouldAnswerWithinTheTurnThatBringsTheDatagram() {
    Collector engine = new Collector();
    try (UdpSocket from = bind();
        UdpSocket echo = bind()) {
      echo.start(
          new Collector() {
            @Override
            public void onDatagram(InetSocketAddress sender, ByteBuf datagram, long nowNs) {
              echo.send(sender, datagram.retain());
            }
          });
      from.start(engine);
      from.loop().execute(() -> from.send(echo.localAddress(), buffer(new byte[] {1, 2, 3})));
      Await.until(() -> engine.datagrams.size() == 1);
      assertArrayEquals(new byte[] {1, 2, 3}, engine.datagrams.getFirst());
    }
  }

  @Test
  void shouldKeepABufferThatTheEngineRetained() {
    List<ByteBuf> kept = new ArrayList<>();
    Collector engine =
        new Collector() {
          @Override
          public void onDatagram(InetSocketAddress sender, ByteBuf datagram, long nowNs) {
            kept.add(datagram.retainedSlice());
            super.onDatagram(sender, datagram, nowNs);
          }
        };
    try (UdpSocket from = bind();
        UdpSocket to = bind()) {
      to.start(engine);
      from.start(new Collector());
      for (int i = 0; i < 200; i++) {
        byte[] octets = {(byte) i};
        from.loop().execute(() -> from.send(to.localAddress(), buffer(octets)));
      }
      Await.until(() -> engine.datagrams.size() == 200);
    }
    for (int i = 0; i < 200; i++) {
      assertEquals((byte) i, kept.get(i).getByte(0));
      assertTrue(kept.get(i).release());
    }
  }

  @Test
  void shouldCallTheTimerOnceTheDeadlineHasCome() {
    long dueNs = System.nanoTime() + 20_000_000;
    Collector engine =
        new Collector() {
          @Override
          public void onTimer(long nowNs) {
            if (nowNs - dueNs >= 0) {
              deadlineNs = NO_DEADLINE;
            }
            super.onTimer(nowNs);
          }
        };
    engine.deadlineNs = dueNs;
    try (UdpSocket socket = bind()) {
      socket.start(engine);
      Await.until(() -> engine.deadlineNs == DatagramIn.NO_DEADLINE);
    }
    assertTrue(engine.timers.get() <= 2, engine.timers.get() + " calls");
  }

  @Test
  void shouldMoveTheTimerForwardWhenTheEngineWantsItEarlier() {
    Collector engine = new Collector();
    engine.deadlineNs = System.nanoTime() + 3_600_000_000_000L;
    try (UdpSocket socket = bind()) {
      socket.start(engine);
      socket
          .loop()
          .execute(
              () -> {
                engine.deadlineNs = System.nanoTime();
                socket.settleSoon();
              });
      Await.until(() -> engine.timers.get() > 0);
    }
  }

  @Test
  void shouldLiveOnWhenTheEngineThrows() {
    Collector engine =
        new Collector() {
          @Override
          public void onDatagram(InetSocketAddress sender, ByteBuf datagram, long nowNs) {
            super.onDatagram(sender, datagram, nowNs);
            throw new IllegalStateException("an engine's defect");
          }

          @Override
          public void onTimer(long nowNs) {
            deadlineNs = NO_DEADLINE;
            throw new IllegalStateException("another one");
          }
        };
    engine.deadlineNs = System.nanoTime();
    try (UdpSocket from = bind();
        UdpSocket to = bind()) {
      to.start(engine);
      from.start(new Collector());
      for (int i = 1; i <= 3; i++) {
        int count = i;
        from.loop().execute(() -> from.send(to.localAddress(), buffer(new byte[count])));
        Await.until(() -> engine.datagrams.size() == count);
      }
      Await.until(() -> counter(to, "engine_errors") == 4);
    }
  }

  @Test
  void shouldCloseFromAnyThreadAndMoreThanOnce() {
    UdpSocket socket = bind();
    socket.start(new Collector());
    socket.loop().execute(socket::close);
    socket.close();
    assertTrue(socket.loop().isTerminated());
    socket.close();
    try (UdpSocket again = UdpSocket.bind(socket.localAddress(), BUFFER_BYTES)) {
      assertEquals(socket.localAddress(), again.localAddress());
    }
  }

  @Test
  void shouldSayThatAnAddressIsTaken() {
    try (UdpSocket socket = bind()) {
      NetTransportException failure =
          assertThrows(
              NetTransportException.class,
              () -> UdpSocket.bind(socket.localAddress(), BUFFER_BYTES).close());
      assertEquals(NetTransportException.Reason.BIND_FAILED, failure.reason());
    }
  }
}
