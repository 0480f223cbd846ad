// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.transport.Suite;
import io.lichen.transport.net.DropReason;
import io.lichen.transport.net.NetDial.Way;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetStream;
import io.lichen.transport.net.StreamOptions;
import io.lichen.transport.net.codec.LittleEndian;
import io.lichen.transport.net.codec.PacketHeader;
import io.lichen.transport.net.codec.RoutingHeader;
import io.lichen.transport.net.handshake.NetHandshake;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What strangers and a bad network do to a node and its sessions. */
class HostileTest {
  private final long seed = Suite.seed();
  private final Random random = new Random(seed);
  private final SimNet net = new SimNet(seed);
  private final SimNode alice = SimNode.of(net, 1, 0x1111_0000_0001L);
  private final SimNode bob = SimNode.of(net, 2, 0x2222_0000_0002L).started();

  @Test
  void shouldStayWholeUnderForgedCopiesOfEveryPacket() {
    alice.connected(bob);
    net.tap(
        (from, to, datagram) -> {
          for (int i = 0; i < 3; i++) {
            byte[] forged = Suite.mutate(random, datagram, 200);
            net.at(random.nextLong(3_000_000), () -> deliver(from, to, forged));
          }
          return datagram;
        });
    List<String> sent = IntStream.range(0, 300).mapToObj(i -> "event " + i).toList();
    NetStream there = alice.with(bob).stream(7, StreamOptions.ofReliable());
    NetStream back = bob.with(alice).stream(7, StreamOptions.ofReliable());
    for (String event : sent) {
      there.send(event.getBytes(StandardCharsets.UTF_8));
      back.send(event.getBytes(StandardCharsets.UTF_8));
      net.run(1);
    }
    assertTrue(net.runUntil(() -> there.isIdle() && back.isIdle(), 60_000), "seed " + seed);

    assertEquals(sent, bob.inbox().events, "seed " + seed);
    assertEquals(sent, alice.inbox().events, "seed " + seed);
    assertTrue(bob.drops(DropReason.NOT_AUTHENTIC) > 0, "seed " + seed);
    assertTrue(bob.drops(DropReason.REPLAYED) > 0, "seed " + seed);
    assertTrue(bob.drops(DropReason.UNKNOWN_CLASS) > 0, "seed " + seed);
  }

  /** Past the tap, so that forged ones are not forged again. */
  private void deliver(InetSocketAddress from, InetSocketAddress to, byte[] datagram) {
    SimNode node = to.equals(bob.address()) ? bob : alice;
    node.endpoint().onDatagram(from, Unpooled.wrappedBuffer(datagram), net.nowNs());
  }

  @Test
  void shouldCountEachKindOfBadPacketAndAnswerNone() {
    alice.connected(bob);
    List<byte[]> caught = new ArrayList<>();
    net.tap(
        (from, to, datagram) -> {
          caught.add(datagram);
          return datagram;
        });
    alice.with(bob).send(0x0A00, Unpooled.copiedBuffer("hello", StandardCharsets.UTF_8));
    net.run(10);
    byte[] good = caught.removeFirst();
    assertTrue(caught.isEmpty());

    check(good, DropReason.REPLAYED);
    check(Arrays.copyOf(good, good.length - 1), DropReason.BAD_LENGTH);
    check(Arrays.copyOf(good, good.length + 1), DropReason.BAD_LENGTH);
    check(Arrays.copyOf(good, 67), DropReason.BAD_HEADER);
    check(with(good, 2, 2), DropReason.BAD_HEADER);
    check(with(good, 16, 9), DropReason.NOT_AUTHENTIC);
    byte[] fresh = with(good, 17, 9);
    check(with(fresh, good.length - 1, good[good.length - 1] ^ 1), DropReason.NOT_AUTHENTIC);
    check(with(fresh, 3, 1), DropReason.NOT_AUTHENTIC);
    check(with(fresh, 24, good[24] ^ 1), DropReason.UNKNOWN_SESSION);
    check(with(good, 0, 0x4E), DropReason.UNKNOWN_CLASS);
    check(new byte[9000], DropReason.BAD_LENGTH);
    check(new byte[0], DropReason.UNKNOWN_CLASS);
    check(Arrays.copyOf(new byte[] {0x48, 0x52}, 200), DropReason.ROUTE_HOP);
    check(with(good, 3, PacketHeader.FLAG_HANDSHAKE), DropReason.HANDSHAKE_UNEXPECTED);
    assertEquals(List.of("hello"), bob.inbox().messages(0x0A00));
    assertTrue(caught.isEmpty(), "nothing is answered");
    alice.with(bob).sendHeartbeat();
    net.run(10);
    assertEquals(1, bob.inbox().heartbeats);
  }

  @Test
  void shouldGiveKeepAlivesToTheNodeAndAnswerNone() {
    deliver(SimNode.address(55), bob.address(), Arrays.copyOf(new byte[] {0x50, 0x48}, 14));
    net.run(10);

    assertEquals(List.of(SimNode.address(55)), bob.inbox().keepAlives);
    assertEquals(0, bob.drops());
  }

  private void check(byte[] datagram, DropReason reason) {
    long before = bob.drops(reason);
    long all = bob.drops();
    deliver(alice.address(), bob.address(), datagram);
    bob.endpoint().onBatchEnd(net.nowNs());

    assertEquals(before + 1, bob.drops(reason), reason.tag());
    assertEquals(all + 1, bob.drops());
  }

  private static byte[] with(byte[] good, int at, int value) {
    byte[] changed = good.clone();
    changed[at] = (byte) value;
    return changed;
  }

  @Test
  void shouldTakePacketsOfASessionFromAnyAddress() {
    alice.connected(bob);
    net.tap(
        (from, to, datagram) -> {
          if (from.equals(alice.address())) {
            deliver(SimNode.address(55), to, datagram);
            return null;
          }
          return datagram;
        });
    alice.with(bob).sendHeartbeat();

    assertEquals(1, bob.inbox().heartbeats);
    assertEquals(alice.address(), bob.with(alice).address());
  }

  @Test
  void shouldStayResponsiveUnderAFloodFromTenThousandAddresses() {
    long startNs = System.nanoTime();
    byte[] first = firstMessage();
    int perAddress = 5;
    for (int i = 0; i < 10_000 * perAddress; i++) {
      byte[] datagram = first.clone();
      System.arraycopy(longAsBytes(i + 1L), 0, datagram, 86, Long.BYTES);
      int host = 1000 + i / perAddress;
      // Ten seconds of 5 000 handshakes each.
      net.at(
          i * 200_000L,
          () ->
              bob.endpoint()
                  .onDatagram(
                      SimNode.address(host), Unpooled.wrappedBuffer(datagram), net.nowNs()));
    }
    CompletableFuture<NetSession> honest = alice.connect(bob, Way.ROUTED);
    net.run(10_100);
    long looked = bob.drops(DropReason.HANDSHAKE_NOT_AUTHENTIC);
    long refused = bob.drops(DropReason.HANDSHAKE_RATE);

    assertEquals(50_000, looked + refused);
    long most = HandshakeGate.BURST + 10L * HandshakeGate.PER_SECOND + 10;
    assertTrue(looked <= most, looked + " were looked at");
    assertTrue(honest.isDone(), "seed " + seed);
    assertEquals(1, bob.endpoint().sessions().size());
    long tookMs = (System.nanoTime() - startNs) / 1_000_000;
    assertTrue(tookMs < 20_000, tookMs + " ms");
  }

  @Test
  void shouldNotLetOneAddressUseUpTheHandshakesOfOthers() {
    byte[] first = firstMessage();
    for (int i = 0; i < 20_000; i++) {
      byte[] datagram = first.clone();
      System.arraycopy(longAsBytes(i + 1L), 0, datagram, 86, Long.BYTES);
      bob.endpoint().onDatagram(SimNode.address(66), Unpooled.wrappedBuffer(datagram), net.nowNs());
    }
    // Whoever is not that one address is served at once.
    alice.connected(bob);

    assertEquals(64, bob.drops(DropReason.HANDSHAKE_NOT_AUTHENTIC));
    assertEquals(20_000 - 64, bob.drops(DropReason.HANDSHAKE_RATE));
  }

  @Test
  void shouldLimitDirectHandshakesToo() {
    SimNode waiting = SimNode.of(net, 8, 0x8888_0000_0008L);
    CompletableFuture<NetSession> accepted = waiting.accept(alice.nodeId());
    byte[] routed = firstMessage();
    byte[] first = Arrays.copyOfRange(routed, RoutingHeader.BYTES, routed.length - Long.BYTES);
    for (int i = 0; i < 1000; i++) {
      System.arraycopy(longAsBytes(i + 1L), 0, first, PacketHeader.BYTES, Long.BYTES);
      waiting
          .endpoint()
          .onDatagram(SimNode.address(66), Unpooled.wrappedBuffer(first), net.nowNs());
    }
    CompletableFuture<NetSession> connected = alice.connect(waiting, Way.DIRECT);
    net.run(100);

    assertEquals(64, waiting.drops(DropReason.HANDSHAKE_NOT_AUTHENTIC));
    assertEquals(1000 - 64, waiting.drops(DropReason.HANDSHAKE_RATE));
    assertEquals(connected.join().id(), accepted.join().id());
  }

  @Test
  void shouldCountWhateverComes() {
    List<byte[]> good = new ArrayList<>();
    net.tap(
        (from, to, datagram) -> {
          good.add(datagram);
          return datagram;
        });
    alice.connected(bob);
    alice.with(bob).send(0x0A00, Unpooled.copiedBuffer("hello", StandardCharsets.UTF_8));
    alice.with(bob).sendHeartbeat();
    net.run(10);
    good.add(new byte[72]);
    good.add(Arrays.copyOf(new byte[] {0x50, 0x48}, 14));
    good.add(Arrays.copyOf(new byte[] {0x48, 0x52}, 200));
    net.tap((from, to, datagram) -> null);
    long dropsBefore = bob.drops();
    for (int i = 0; i < Suite.inputs(); i++) {
      byte[] input = Suite.mutate(random, good.get(random.nextInt(good.size())), 200);
      deliver(SimNode.address(1000 + i % 5000), bob.address(), input);
    }
    bob.endpoint().onBatchEnd(net.nowNs());

    int given = bob.inbox().pingwaves.size() + bob.inbox().keepAlives.size();
    long counted = bob.drops() - dropsBefore + given;
    assertEquals(Suite.inputs(), counted, "seed " + seed);
    assertEquals(0, bob.drops(DropReason.LISTENER_FAILED));
    assertEquals(1, bob.endpoint().sessions().size());
    net.tap((from, to, datagram) -> datagram);
    alice.with(bob).sendHeartbeat();
    net.run(10);
    assertEquals(2, bob.inbox().heartbeats);
  }

  @Test
  void shouldNeverSendMoreThanItGot() {
    int[] bytes = new int[2];
    net.tap(
        (from, to, datagram) -> {
          bytes[from.equals(bob.address()) ? 1 : 0] += datagram.length;
          return datagram;
        });
    alice.connected(bob);

    assertTrue(bytes[1] > 0 && bytes[1] <= bytes[0], Arrays.toString(bytes));
  }

  @Test
  void shouldRefuseFirstMessagesThatLie() {
    byte[] first = firstMessage();
    byte[] otherSource = first.clone();
    RoutingHeader.write(otherSource, 0, 16, 4711, bob.nodeId());
    assertDropped(otherSource, DropReason.HANDSHAKE_NOT_AUTHENTIC);
    assertDropped(Arrays.copyOf(first, 86 + 48), DropReason.HANDSHAKE_MALFORMED);
    assertDropped(Arrays.copyOf(first, 86), DropReason.HANDSHAKE_MALFORMED);
    assertDropped(liar(), DropReason.HANDSHAKE_MALFORMED);
    assertFalse(bob.endpoint().sessions().size() > 0);
  }

  private void assertDropped(byte[] datagram, DropReason reason) {
    long before = bob.drops(reason);
    deliver(alice.address(), bob.address(), datagram);
    assertEquals(before + 1, bob.drops(reason), reason.tag());
  }

  /** Authentic, but its payload names another node than the routing header. */
  private byte[] liar() {
    byte[] prologue = NetHandshake.prologue(4711, (int) bob.nodeId());
    byte[] message =
        NetHandshake.initiator(
                alice.endpoint().context().secrets, bob.endpoint().publicKey(), prologue)
            .writeRouted(4712);
    byte[] datagram = firstMessage();
    RoutingHeader.write(datagram, 0, 16, 4711, bob.nodeId());
    System.arraycopy(message, 0, datagram, 86, message.length);
    return datagram;
  }

  /** What a routed connect to bob begins with. */
  private byte[] firstMessage() {
    byte[] prologue = NetHandshake.prologue((int) alice.nodeId(), (int) bob.nodeId());
    byte[] message =
        NetHandshake.initiator(
                alice.endpoint().context().secrets, bob.endpoint().publicKey(), prologue)
            .writeRouted(alice.nodeId());
    byte[] datagram = new byte[86 + message.length];
    RoutingHeader.write(datagram, 0, 16, (int) alice.nodeId(), bob.nodeId());
    new PacketHeader()
        .wrap(datagram, RoutingHeader.BYTES)
        .clear()
        .flags(PacketHeader.FLAG_HANDSHAKE)
        .payload(message.length, 0);
    System.arraycopy(message, 0, datagram, 86, message.length);
    return datagram;
  }

  private static byte[] longAsBytes(long value) {
    byte[] bytes = new byte[Long.BYTES];
    LittleEndian.putLong(bytes, 0, value);
    return bytes;
  }
}
