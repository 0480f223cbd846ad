// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import io.lichen.core.nat.local.LocalAddress;
import io.lichen.core.nat.local.Uplink;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A router on the loopback: NAT-PMP and PCP at one UDP port, UPnP beside it. It does as it is told:
 * everything that is not final may be changed while it runs.
 */
final class FakeRouter implements AutoCloseable {
  static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  /** What is open: {@code "UDP 41030"}, and until when by its own word, in seconds. */
  final Map<String, Long> open = new ConcurrentSkipListMap<>();

  final AtomicInteger questions = new AtomicInteger();
  volatile InetAddress external = InetAddress.ofLiteral("203.0.113.9");
  volatile boolean silent;
  volatile long leaseSeconds = 600;
  volatile long beganNs = System.nanoTime() - 100_000_000_000L;

  /** What becomes of an answer of NAT-PMP or PCP. */
  volatile Function<byte[], byte[]> twist = answer -> answer;

  final FakeIgd igd;
  private final InetAddress host;
  private final DatagramSocket mapping;
  private final Thread thread;

  FakeRouter() throws IOException {
    this(LOOPBACK, 0);
  }

  /** One at another address, with the doors of the first. */
  FakeRouter(InetAddress host, int mappingPort) throws IOException {
    this.host = host;
    mapping = new DatagramSocket(new InetSocketAddress(host, mappingPort));
    igd = new FakeIgd(this);
    thread = Thread.ofVirtual().start(this::serve);
  }

  Uplink uplink() {
    return new Uplink(new LocalAddress("lo", 1, LOOPBACK, Byte.SIZE), host);
  }

  Doors doors() {
    return new Doors(mapping.getLocalPort(), igd.ssdp());
  }

  /** Forgets everything, as after a loss of power. */
  void restart() {
    open.clear();
    beganNs = System.nanoTime();
  }

  List<String> openPorts() {
    return List.copyOf(open.keySet());
  }

  private void serve() {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    try {
      while (true) {
        mapping.receive(packet);
        questions.incrementAndGet();
        byte[] answer = silent ? null : answer(packet.getData());
        if (answer != null) {
          byte[] twisted = twist.apply(answer);
          mapping.send(new DatagramPacket(twisted, twisted.length, packet.getSocketAddress()));
        }
      }
    } catch (SocketException e) {
      // Closed.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private byte @Nullable [] answer(byte[] question) {
    return switch (question[0]) {
      case 0 -> natPmp(ByteBuffer.wrap(question));
      case 2 -> pcp(question);
      default -> null;
    };
  }

  private byte[] natPmp(ByteBuffer in) {
    byte operation = in.get(1);
    ByteBuffer out = ByteBuffer.allocate(operation == 0 ? 12 : 16);
    out.put((byte) 0).put((byte) (operation | 0x80)).putShort((short) 0).putInt(epoch());
    if (operation == 0) {
      return out.put(external.getAddress()).array();
    }
    long seconds = Integer.toUnsignedLong(in.getInt(8));
    grant(operation == 1 ? "UDP" : "TCP", in.getShort(4), seconds);
    return out.putShort(in.getShort(4))
        .putShort(seconds == 0 ? 0 : in.getShort(6))
        .putInt((int) Math.min(seconds, leaseSeconds))
        .array();
  }

  private byte[] pcp(byte[] question) {
    ByteBuffer in = ByteBuffer.wrap(question);
    ByteBuffer out = ByteBuffer.allocate(60).put(question, 0, 60);
    long seconds = Integer.toUnsignedLong(in.getInt(4));
    grant(in.get(36) == 17 ? "UDP" : "TCP", in.getShort(40), seconds);
    out.put(1, (byte) 0x81).put(3, (byte) 0);
    out.putInt(4, (int) Math.min(seconds, leaseSeconds)).putInt(8, epoch());
    out.putShort(54, (short) 0xffff).position(56).put(external.getAddress());
    return out.array();
  }

  private int epoch() {
    return (int) ((System.nanoTime() - beganNs) / 1_000_000_000L);
  }

  void grant(String kind, short port, long seconds) {
    String name = kind + " " + Short.toUnsignedInt(port);
    if (seconds == 0) {
      open.remove(name);
    } else {
      open.put(name, seconds);
    }
  }

  @Override
  public void close() {
    igd.close();
    mapping.close();
    thread.interrupt();
  }
}
