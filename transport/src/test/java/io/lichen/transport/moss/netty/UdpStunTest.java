// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.Era;
import io.lichen.transport.wait.Await;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** STUN out of and into the socket of the mesh. */
@SuppressWarnings("NullAway.Init") // Each test opens its peer.
class UdpStunTest {
  private record Heard(InetSocketAddress from, byte[] datagram) {}

  private final DatagramSocket server = socket();
  private final DatagramSocket stranger = socket();
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private Peer peer;

  private static DatagramSocket socket() {
    try {
      DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      socket.setSoTimeout(10_000);
      return socket;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    server.close();
    stranger.close();
    peer.close();
  }

  private void open(Era era) {
    peer = new Peer(Configs.of(era));
  }

  private static byte[] request(int number) {
    return message(1, number, 0);
  }

  private static byte[] message(int type, int number, int bodyBytes) {
    return ByteBuffer.allocate(20 + bodyBytes)
        .putShort((short) type)
        .putShort((short) bodyBytes)
        .putInt(0x2112a442)
        .putInt(number)
        .putLong(7)
        .array();
  }

  private void ask(byte[] request) {
    peer.transport.stun(
        (InetSocketAddress) server.getLocalSocketAddress(),
        request,
        (from, datagram) -> heard.add(new Heard(from, datagram)));
  }

  private static byte[] received(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
    socket.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  private void answer(DatagramSocket from, byte[] datagram) throws IOException {
    from.send(new DatagramPacket(datagram, datagram.length, peer.transport.localAddress()));
  }

  private @Nullable Heard next() throws InterruptedException {
    return heard.poll(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource(Era.class)
  void shouldSendRequestsAsTheyAreAndPassOnWhatRepeatsTheirNumber(Era era) throws Exception {
    open(era);
    ask(request(1));
    assertArrayEquals(request(1), received(server));
    byte[] answer = message(0x101, 1, 12);
    answer(server, answer);
    Heard first = next();
    assertNotNull(first);
    assertArrayEquals(answer, first.datagram());
    assertEquals(server.getLocalSocketAddress(), first.from());
    answer(stranger, answer);
    Heard second = next();
    assertNotNull(second);
    assertEquals(stranger.getLocalSocketAddress(), second.from(), "the listener compares");
  }

  @Test
  void shouldTakeNothingElseForStun() throws Exception {
    open(Era.C);
    answer(server, message(0x101, 1, 0));
    Await.until(() -> peer.counter("udp_undecodable") == 1);
    ask(request(1));
    answer(server, message(0x101, 2, 0));
    answer(server, Arrays.copyOf(message(0x101, 1, 0), 19));
    byte[] otherCookie = message(0x101, 1, 0);
    otherCookie[4] ^= 1;
    answer(server, otherCookie);
    Await.until(() -> peer.counter("udp_undecodable") == 4);
    assertNull(heard.poll());
    assertEquals(0, peer.counter("stun_received"));
  }

  @Test
  void shouldForgetTheOldestOfManyRequests() throws Exception {
    open(Era.C);
    for (int number = 0; number <= UdpStun.MAX_WAITING; number++) {
      ask(request(number));
    }
    Await.until(() -> peer.counter("stun_sent") == UdpStun.MAX_WAITING + 1);
    answer(server, message(0x101, 0, 0));
    answer(server, message(0x101, 1, 0));
    Heard only = next();
    assertNotNull(only);
    assertArrayEquals(message(0x101, 1, 0), only.datagram());
    assertEquals(1, peer.counter("udp_undecodable"));
  }

  @Test
  void shouldCarrySessionsMeanwhile() {
    open(Era.C);
    ask(request(1));
    try (Peer other = new Peer(Configs.of(Era.C))) {
      assertEquals(
          other.transport.localAddress(), peer.dial(other.transport, Carrier.UDP).remoteAddress());
    }
  }

  @Test
  void shouldRefuseWhatIsNoRequest() {
    open(Era.C);
    assertThrows(IllegalArgumentException.class, () -> ask(message(0x101, 1, 0)));
    assertThrows(IllegalArgumentException.class, () -> ask(new byte[19]));
    peer.close();
    ask(request(1));
  }
}
