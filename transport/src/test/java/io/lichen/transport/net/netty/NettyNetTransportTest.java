// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetDial.Way;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetStream;
import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.NetTransportConfig;
import io.lichen.transport.net.NetTransportException;
import io.lichen.transport.net.SendVerdict;
import io.lichen.transport.net.SessionEnd;
import io.lichen.transport.net.StreamOptions;
import io.lichen.transport.wait.Await;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes on real sockets. */
class NettyNetTransportTest {
  private static final byte[] PSK = new byte[32];

  private final Listener aliceHears = new Listener();
  private final Listener bobHears = new Listener();
  private final NetTransport alice = open(0x1111_0000_0001L, aliceHears);
  private final NetTransport bob = open(0x2222_0000_0002L, bobHears);

  private static NetTransport open(long nodeId, Listener listener) {
    return NetTransport.open(NetTransportConfig.defaults(nodeId, PSK), listener);
  }

  @AfterEach
  void close() {
    alice.close();
    bob.close();
  }

  private NetSession connect() {
    bob.start();
    NetDial dial = new NetDial(bob.localAddress(), bob.publicKey(), 0x2222_0000_0002L, Way.ROUTED);
    return alice.connect(dial).orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void shouldAcceptDirectlyBeforeTheStart() {
    CompletableFuture<NetSession> accepted = bob.accept(0x1111_0000_0001L);
    NetDial dial = new NetDial(bob.localAddress(), bob.publicKey(), 0x2222_0000_0002L, Way.DIRECT);
    NetSession connected = alice.connect(dial).orTimeout(20, TimeUnit.SECONDS).join();

    assertEquals(connected.id(), accepted.join().id());
    assertFalse(bob.isStarted());
  }

  @Test
  void shouldDeliverWhatSeveralThreadsSendReliably() throws InterruptedException {
    NetSession session = connect();
    int threads = 4;
    int each = 20_000;
    List<Thread> senders = new ArrayList<>();
    AtomicBoolean failed = new AtomicBoolean();
    for (int t = 0; t < threads; t++) {
      NetStream stream = session.stream(t, StreamOptions.ofReliable());
      senders.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (long i = 0; i < each; i++) {
                      byte[] event = ByteBuffer.allocate(64).putLong(i).array();
                      if (stream.send(event) != SendVerdict.SENT) {
                        failed.set(true);
                      }
                    }
                  }));
    }
    for (Thread sender : senders) {
      sender.join();
    }
    Await.until(() -> bobHears.count.get() == (long) threads * each);

    assertFalse(failed.get());
    List<Long> all = LongStream.range(0, each).boxed().toList();
    for (long t = 0; t < threads; t++) {
      assertEquals(all, bobHears.numbers(t));
      NetStream stream = session.stream(t, StreamOptions.ofReliable());
      Await.until(stream::isIdle);
      assertTrue(stream.stats().packetsSent() > 0);
    }
  }

  @Test
  void shouldMakeAFastSenderWaitForASlowLoop() throws InterruptedException {
    NetSession session = connect();
    CountDownLatch busy = new CountDownLatch(1);
    NetStream failing =
        session.stream(1, StreamOptions.ofReliable().withWhenFull(StreamOptions.WhenFull.FAIL));
    NetStream blocking =
        session.stream(2, StreamOptions.ofReliable().withMaxWait(Duration.ofMillis(50)));
    alice.loop().execute(() -> awaitQuietly(busy));
    byte[] event = new byte[8000];
    int taken = 0;
    while (failing.send(event) == SendVerdict.SENT) {
      taken++;
    }
    while (blocking.send(event) == SendVerdict.SENT) {
      taken++;
    }
    assertTrue(taken >= 60 && taken < 80, "taken " + taken);
    busy.countDown();
    Await.until(() -> blocking.send(event) == SendVerdict.SENT);
    long expected = taken + 1L;
    Await.until(() -> bobHears.count.get() == expected);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void shouldCarryMessagesAndHeartbeatsFromAnyThread() {
    NetSession session = connect();
    session.send(0x0A00, Unpooled.copiedBuffer(new byte[] {1, 2, 3}));
    session.sendHeartbeat();
    Await.until(() -> bobHears.messages.get() == 1 && bobHears.heartbeats.get() == 1);

    assertTrue(session.stats().packetsSent() >= 2);
    assertTrue(alice.counters().getOrDefault("datagrams_sent", 0L) >= 3);
  }

  @Test
  void shouldSendPlainDatagrams() {
    alice.sendPlain(bob.localAddress(), Unpooled.buffer().writeZero(72));
    Await.until(() -> bobHears.pingwaves.get() == 1);
  }

  @Test
  void shouldWakeASenderWhoseTransportIsClosed() throws InterruptedException {
    NetSession session = connect();
    NetStream stream = session.stream(1, StreamOptions.ofReliable());
    bob.close();
    CompletableFuture<SendVerdict> last = new CompletableFuture<>();
    Thread sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  SendVerdict verdict = stream.send(new byte[8000]);
                  while (verdict == SendVerdict.SENT) {
                    verdict = stream.send(new byte[8000]);
                  }
                  last.complete(verdict);
                });
    Await.until(() -> stream.stats().queuedBytes() > 100_000);
    alice.close();
    alice.close();
    sender.join();

    assertEquals(SendVerdict.CLOSED, last.join());
    assertEquals(List.of(SessionEnd.STOPPED), aliceHears.ends);
    assertEquals(SendVerdict.CLOSED, session.sendHeartbeat());
    assertTrue(stream.isIdle());
    assertThrows(RejectedExecutionException.class, () -> alice.loop().execute(() -> {}));
    CompletionException e = assertThrows(CompletionException.class, () -> alice.accept(7).join());
    assertEquals(
        NetTransportException.Reason.CLOSED,
        assertInstanceOf(NetTransportException.class, e.getCause()).reason());
  }

  @Test
  void shouldCloseFromItsOwnLoop() {
    connect();
    bob.loop().execute(bob::close);
    Await.until(() -> bobHears.ends.equals(List.of(SessionEnd.STOPPED)));
  }
}
