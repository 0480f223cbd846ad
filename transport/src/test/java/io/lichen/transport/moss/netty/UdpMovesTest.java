// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.wait.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer behind a NAT, and what becomes of its session when the NAT forgets it. */
class UdpMovesTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final AutoCloseable[] open = new AutoCloseable[3];

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      if (each != null) {
        each.close();
      }
    }
  }

  private record Ends(Peer outside, UdpRelay nat, MossSession out, MossSession in, Inbox heard) {
    void say(int number) {
      out.send(new byte[] {(byte) number});
    }

    /** Until the other end has followed so many times: what was under way may come before. */
    void sayUntilHeard(int moves) {
      sayUntil(() -> outside.counter("udp_session_moved") >= moves);
      heard.packets.clear();
      sayUntil(() -> !heard.packets.isEmpty());
    }

    private void sayUntil(BooleanSupplier condition) {
      Await.until(
          () -> {
            say(1);
            return condition.getAsBoolean();
          });
    }
  }

  private Ends ends(Era era) throws IOException {
    Peer inside = new Peer(Configs.of(era));
    open[0] = inside;
    Peer outside = new Peer(Configs.of(era));
    open[1] = outside;
    UdpRelay nat = new UdpRelay(outside.transport.localAddress());
    open[2] = nat;
    MossSession out = inside.dial(new DialRequest(Carrier.UDP, nat.address(), null, LIMIT));
    MossSession in = outside.accepted();
    Ends ends = new Ends(outside, nat, out, in, Inbox.of(in));
    ends.say(0);
    assertEquals(0, ends.heard.next()[0]);
    return ends;
  }

  @ParameterizedTest
  @EnumSource(Era.class)
  void shouldFollowAPeerWhoseNatHasForgottenIt(Era era) throws IOException {
    Ends ends = ends(era);
    ends.nat.forget();

    ends.sayUntilHeard(1);

    assertEquals(1, ends.outside.counter("udp_session_moved"));
    assertEquals(ends.nat.outside(), ends.in.remoteAddress());
    Inbox back = Inbox.of(ends.out);
    ends.in.send(new byte[] {9});
    assertEquals(9, back.next()[0]);
    assertTrue(ends.outside.inbound.isEmpty());
  }

  @ParameterizedTest
  @EnumSource(Era.class)
  void shouldFollowItAgainAndAgain(Era era) throws IOException {
    Ends ends = ends(era);
    for (int i = 1; i <= 2; i++) {
      ends.nat.forget();
      ends.sayUntilHeard(i);
      assertEquals(i, ends.outside.counter("udp_session_moved"));
      assertEquals(ends.nat.outside(), ends.in.remoteAddress());
    }
  }

  @ParameterizedTest
  @EnumSource(Era.class)
  void shouldStayWithAPeerThoughSomebodySendsOnWhatItSays(Era era) throws IOException {
    try (DatagramSocket quicker = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Ends ends = ends(era);
      ends.nat.overhear(quicker);
      Set<Integer> said = new HashSet<>();
      for (int number = 1; number <= 3; number++) {
        long fromNs = System.nanoTime();
        Await.until(() -> System.nanoTime() - fromNs > Whereabouts.SILENCE_NS);
        ends.say(number);
        said.add((int) ends.heard.next()[0]);
        Await.until(() -> ends.in.remoteAddress().equals(ends.nat.outside()));
      }

      assertEquals(Set.of(1, 2, 3), said);
      assertTrue(ends.heard.packets.isEmpty());
      assertEquals(2, ends.outside.counter("udp_session_moved"), "there and back, once");
    }
  }

  @Test
  void shouldNotMoveForWhatSomebodyElseHasMade() throws IOException {
    Random random = new Random(Suite.seed());
    Ends ends = ends(Era.A);
    try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      long fromNs = System.nanoTime();
      Await.until(
          () -> {
            byte[] body = new byte[64];
            random.nextBytes(body);
            byte[] forged =
                ByteBuffer.allocate(73)
                    .put((byte) 4)
                    .putLong(random.nextInt(100))
                    .put(body)
                    .array();
            send(stranger, forged, ends);
            return System.nanoTime() - fromNs > 2 * Whereabouts.SILENCE_NS;
          });
    }
    assertTrue(ends.outside.counter("udp_packet_without_session") > 0);
    assertEquals(0, ends.outside.counter("udp_session_moved"));
    assertEquals(ends.nat.outside(), ends.in.remoteAddress());
    ends.say(1);
    assertEquals(1, ends.heard.next()[0]);
  }

  private static void send(DatagramSocket socket, byte[] octets, Ends ends) {
    try {
      socket.send(new DatagramPacket(octets, octets.length, ends.outside.transport.localAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
