// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.ChaChaPoly;
import io.lichen.transport.Suite;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.SendResult;
import io.lichen.transport.moss.handshake.Established;
import io.lichen.transport.moss.session.TcpFrameSealer;
import io.lichen.transport.wait.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TCP sessions under load, under back-pressure and with a peer that misbehaves. */
class EstablishedTcpTest {
  private static final MossTransportConfig CONFIG = Configs.of(Era.C);

  @ParameterizedTest
  @ValueSource(strings = {"00000000", "0000000f", "00100001", "7fffffff", "ffffffff"})
  void shouldCloseOnLengthOutOfRange(String length) throws IOException {
    try (Peer peer = new Peer(CONFIG);
        RawTcp raw = new RawTcp(peer.transport.localAddress())) {
      raw.shakeHands("moss/1");
      Inbox inbox = Inbox.of(peer.accepted());
      raw.trySend(HexFormat.of().parseHex(length));

      assertEquals(CloseReason.BAD_FRAME, inbox.closeReason());
      assertEquals(0, raw.octetsUntilClosed());
      assertEquals(1, peer.counter("tcp_bad_frame"));
    }
  }

  @Test
  void shouldCloseOnReplayedFrame() throws IOException {
    try (Peer peer = new Peer(CONFIG);
        RawTcp raw = new RawTcp(peer.transport.localAddress())) {
      TcpFrameSealer sealer = new TcpFrameSealer(raw.shakeHands("moss/1").keys().sendKey());
      Inbox inbox = Inbox.of(peer.accepted());
      byte[] frame = RawTcp.frame(sealer, 1, new byte[] {7});
      raw.trySend(frame);
      assertEquals(7, inbox.next()[0]);
      raw.trySend(frame);

      assertEquals(CloseReason.BAD_FRAME, inbox.closeReason());
      assertTrue(inbox.packets.isEmpty());
    }
  }

  @Test
  void shouldCloseOnGarbageAndKeepServingOthers() throws IOException {
    long seed = Suite.seed();
    Random random = new Random(seed);
    try (SessionPair pair = new SessionPair(CONFIG, Carrier.TCP)) {
      Peer peer = pair.acceptor;
      Inbox fromFriend = Inbox.of(pair.in);
      for (int i = 0; i < Suite.inputs() / 1000; i++) {
        try (RawTcp raw = new RawTcp(peer.transport.localAddress())) {
          Established established = raw.shakeHands("moss/1");
          Inbox inbox = Inbox.of(peer.accepted());
          byte[] good =
              RawTcp.frame(new TcpFrameSealer(established.keys().sendKey()), 1, new byte[40]);
          byte[] bad = good.clone();
          bad[4 + random.nextInt(bad.length - 4)] ^= (byte) (1 << random.nextInt(8));
          raw.trySend(bad);
          assertEquals(CloseReason.BAD_FRAME, inbox.closeReason(), "seed " + seed);
          assertTrue(inbox.packets.isEmpty(), "seed " + seed);
        }
        pair.out.send(new byte[] {1});
        assertEquals(1, fromFriend.next().length);
      }
    }
  }

  @Test
  void shouldIgnoreShortPacketsAndOtherStreams() throws IOException {
    try (Peer peer = new Peer(CONFIG);
        RawTcp raw = new RawTcp(peer.transport.localAddress())) {
      byte[] key = raw.shakeHands("moss/1").keys().sendKey();
      Inbox inbox = Inbox.of(peer.accepted());
      // A packet of three octets: sealed by hand, since the sealer always writes a stream id.
      byte[] body = new byte[3 + 16];
      new ChaChaPoly(key).seal(0, body, 0, 0, body, 0, 3, body, 0);
      raw.trySend(ByteBuffer.allocate(4 + body.length).putInt(body.length).put(body).array());
      TcpFrameSealer sealer = new TcpFrameSealer(key);
      RawTcp.frame(sealer, 1, new byte[0]);
      raw.trySend(RawTcp.frame(sealer, 0, new byte[] {1}));
      raw.trySend(RawTcp.frame(sealer, 7, new byte[] {2}));
      raw.trySend(RawTcp.frame(sealer, 1, new byte[] {3}));

      assertEquals(3, inbox.next()[0]);
      assertEquals(1, peer.counter("packet_too_short"));
      assertEquals(2, peer.counter("packet_other_stream"));
    }
  }

  @Test
  void shouldTakeFramesOctetByOctet() throws IOException {
    try (Peer peer = new Peer(CONFIG);
        RawTcp raw = new RawTcp(peer.transport.localAddress())) {
      TcpFrameSealer sealer = new TcpFrameSealer(raw.shakeHands("moss/1").keys().sendKey());
      Inbox inbox = Inbox.of(peer.accepted());
      for (int i = 0; i < 3; i++) {
        for (byte octet : RawTcp.frame(sealer, 1, new byte[i])) {
          raw.trySend(new byte[] {octet});
        }
        assertEquals(i, inbox.next().length);
      }
    }
  }

  /** Where something lies there to be read, a socket that is closed forgets what it has to send. */
  @Test
  void shouldDeliverWhatWasSentBeforeItStoppedThoughThePeerWasSpeaking() {
    int count = 25;
    try (SessionPair pair = new SessionPair(CONFIG, Carrier.TCP)) {
      Inbox inbox = Inbox.of(pair.in);
      Inbox.of(pair.out);
      pair.out.setReading(false);
      pair.in.send(new byte[1000]);
      pair.in.setReading(false);
      for (int i = 0; i < count; i++) {
        pair.out.send(ByteBuffer.allocate(20_000).putInt(0, i).array());
      }
      Await.until(() -> pair.out.pendingBytes() == 0 && pair.in.pendingBytes() == 0);
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(pair.dialer::close);
      Await.until(() -> !pair.out.isOpen());
      pair.in.setReading(true);

      for (int i = 0; i < count; i++) {
        assertEquals(i, ByteBuffer.wrap(inbox.next()).getInt());
      }
      assertEquals(CloseReason.REMOTE_CLOSED, inbox.closeReason());
      stopped.orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  @Test
  void shouldTellThatThePeerHasGone() throws IOException {
    try (Peer peer = new Peer(CONFIG);
        RawTcp raw = new RawTcp(peer.transport.localAddress())) {
      raw.shakeHands("moss/1");
      MossSession session = peer.accepted();
      Inbox inbox = Inbox.of(session);
      raw.socket.close();

      assertEquals(CloseReason.REMOTE_CLOSED, inbox.closeReason());
      assertEquals(SendResult.CLOSED, session.send(new byte[1]));
    }
  }

  @Test
  void shouldQueueForSlowReaderUpToTheLimitAndThenDeliverAll() throws IOException {
    int high = 64 * 1024;
    int max = 256 * 1024;
    try (Peer sender = new Peer(Configs.queue(CONFIG, high, max));
        Peer receiver = new Peer(CONFIG)) {
      MossSession out = sender.dial(receiver.transport, Carrier.TCP);
      Inbox outInbox = Inbox.of(out);
      MossSession in = receiver.accepted();
      Inbox inbox = Inbox.of(in);
      in.setReading(false);
      MossSession beside = sender.dial(receiver.transport, Carrier.UDP);
      // The socket takes some megabytes before it is full for good.
      AtomicInteger sent = new AtomicInteger();
      Await.until(
          () -> {
            while (out.send(numbered(sent.get())) == SendResult.QUEUED) {
              sent.incrementAndGet();
            }
            LockSupport.parkNanos(50_000_000);
            // Not that a loop has had no turn: by then both have done what they could.
            beside.observe(Duration.ofSeconds(5)).join();
            return out.pendingBytes() > max - 2000;
          });
      assertEquals(SendResult.OVERFLOW, out.send(new byte[5000]));
      assertFalse(out.isWritable());
      assertTrue(out.pendingBytes() <= max);
      in.setReading(true);

      for (int i = 0; i < sent.get(); i++) {
        assertEquals(i, ByteBuffer.wrap(inbox.next()).getInt());
      }
      Await.until(() -> outInbox.writable.get() > 0);
      assertTrue(out.isWritable());
      Await.until(() -> out.pendingBytes() == 0);
    }
  }

  private static byte[] numbered(int number) {
    return ByteBuffer.allocate(1000).putInt(number).array();
  }

  @Test
  void shouldKeepTheOrderOfEveryThread() throws InterruptedException {
    int threads = 4;
    int each = 20_000;
    try (SessionPair pair = new SessionPair(CONFIG, Carrier.TCP)) {
      int[] next = new int[threads];
      List<String> faults = new ArrayList<>();
      CountDownLatch done = new CountDownLatch(threads * each);
      pair.in.start(
          new Inbox() {
            @Override
            public void onPacket(byte[] buffer, int offset, int length) {
              ByteBuffer packet = ByteBuffer.wrap(buffer, offset, length);
              int thread = packet.getInt();
              int number = packet.getInt();
              if (number != next[thread]++) {
                faults.add("thread " + thread + " number " + number);
              }
              done.countDown();
            }
          });
      for (int i = 0; i < threads; i++) {
        int thread = i;
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int number = 0; number < each; number++) {
                    byte[] packet =
                        ByteBuffer.allocate(8 + number % 100).putInt(thread).putInt(number).array();
                    while (pair.out.send(packet) == SendResult.OVERFLOW) {
                      LockSupport.parkNanos(100_000);
                    }
                  }
                });
      }
      assertTrue(done.await(60, TimeUnit.SECONDS));
      assertEquals(List.of(), faults);
    }
  }

  @Test
  void shouldCloseWhenTheHandlerFails() {
    try (SessionPair pair = new SessionPair(CONFIG, Carrier.TCP)) {
      Inbox inbox =
          new Inbox() {
            @Override
            public void onPacket(byte[] buffer, int offset, int length) {
              throw new IllegalStateException("a fault that this test makes");
            }
          };
      pair.in.start(inbox);
      pair.out.send("x".getBytes(UTF_8));

      assertEquals(CloseReason.LOCAL_CLOSED, inbox.closeReason());
    }
  }

  @Test
  void shouldNotObserveOverTcp() {
    try (SessionPair pair = new SessionPair(CONFIG, Carrier.TCP)) {

      assertThrows(CompletionException.class, () -> pair.out.observe(Duration.ofSeconds(1)).join());
    }
  }
}
