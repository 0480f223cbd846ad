// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.gateway;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A gateway of both protocols, in virtual time, that answers at once if it answers. */
final class FakeGateway implements GatewayOutput {
  static final int PORT = 41030;
  private static final byte[] HOST = {(byte) 203, 0, 113, 9};

  final List<String> requests = new ArrayList<>();
  final List<String> told = new ArrayList<>();
  private final List<byte[]> waiting = new ArrayList<>();
  boolean silent;
  boolean refusesTcp;
  byte[] host = HOST;
  int grantedPort;
  int grantedTcpPort;
  int lifetimeSeconds = 600;

  /** When its clock was set, in its own reckoning. */
  long beganNs = -7_000_000_000L;

  long nowNs;
  private @Nullable GatewayMapper mapper;

  /** Has this one ask it. */
  void begin(GatewayMapper asks) {
    mapper = asks;
    asks.start(nowNs);
  }

  GatewayMapper mapper() {
    return Objects.requireNonNull(mapper);
  }

  /** Lets time pass, and everything that is due happen. */
  void run(long durationNs) {
    long untilNs = nowNs + durationNs;
    answer();
    while (mapper().nextDeadlineNs() <= untilNs) {
      nowNs = mapper().nextDeadlineNs();
      mapper().onTimer(nowNs);
      answer();
    }
    nowNs = untilNs;
  }

  private void answer() {
    while (!waiting.isEmpty()) {
      byte[] answer = waiting.removeFirst();
      mapper().onDatagram(answer, nowNs);
    }
  }

  @Override
  public void send(byte[] datagram) {
    requests.add(HexFormat.of().formatHex(datagram));
    if (!silent) {
      waiting.add(datagram[0] == 0 ? natPmp(datagram) : pcp(datagram));
    }
  }

  private byte[] natPmp(byte[] request) {
    boolean refused = refusesTcp && request[1] == 2;
    ByteBuffer out = ByteBuffer.allocate(request[1] == 0 ? 12 : 16);
    out.put((byte) 0).put((byte) (request[1] | 0x80)).putShort((short) (refused ? 2 : 0));
    out.putInt(epochSeconds());
    if (request[1] == 0) {
      return out.put(host).array();
    }
    ByteBuffer in = ByteBuffer.wrap(request);
    boolean release = in.getInt(8) == 0;
    return out.putShort(in.getShort(4))
        .putShort(release ? 0 : granted(request[1] == 2, in.getShort(6)))
        .putInt(release ? 0 : lifetimeSeconds)
        .array();
  }

  private byte[] pcp(byte[] request) {
    ByteBuffer out = ByteBuffer.wrap(request.clone());
    boolean refused = refusesTcp && request[36] == 6;
    out.put(1, (byte) 0x81).put(3, (byte) (refused ? 8 : 0));
    if (out.getInt(4) != 0) {
      out.putInt(4, lifetimeSeconds).putShort(42, granted(false, out.getShort(42)));
    }
    out.putInt(8, epochSeconds()).putShort(54, (short) 0xffff);
    out.position(56).put(host);
    return out.array();
  }

  private short granted(boolean tcp, short wanted) {
    int own = tcp && grantedTcpPort != 0 ? grantedTcpPort : grantedPort;
    return own == 0 ? wanted : (short) own;
  }

  private int epochSeconds() {
    return (int) ((nowNs - beganNs) / 1_000_000_000L);
  }

  @Override
  public void onMapped(PortMapping mapping) {
    told.add(
        mapping.external().getAddress().getHostAddress()
            + ":"
            + mapping.external().getPort()
            + " "
            + mapping.kinds().stream().sorted().toList());
  }

  @Override
  public void onUnmapped(String reason) {
    told.add(reason);
  }

  @Override
  public void onRestarted() {
    told.add("restarted");
  }

  @Override
  public void onReleased() {
    told.add("released");
  }
}
