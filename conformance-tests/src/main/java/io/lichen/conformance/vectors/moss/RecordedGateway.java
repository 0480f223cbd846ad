// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import io.lichen.nat.gateway.GatewayMapper;
import io.lichen.nat.gateway.GatewayOutput;
import io.lichen.nat.gateway.PortMapping;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The gateways before which libmoss was recorded; answers at once, in virtual time. */
final class RecordedGateway implements GatewayOutput {
  /** Longer than any request is repeated, shorter than any is renewed. */
  private static final long LONG_NS = 10_000_000_000L;

  private static final byte[] HOST = {(byte) 203, 0, 113, 9};
  private static final int NAT_PMP_TCP = 2;
  private static final int REFUSED = 2;

  boolean hasNoAddress;
  boolean refusesTcp;
  int grantedPort;
  IntFunction<byte @Nullable []> answers = this::answer;

  private final List<byte[]> requests = new ArrayList<>();
  private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
  private @Nullable PortMapping mapping;

  /** Has a port opened, and given back. */
  void run(GatewayMapper mapper) {
    mapper.start(0);
    pass(mapper, 0, LONG_NS);
    mapper.stop(LONG_NS);
    pass(mapper, LONG_NS, 2 * LONG_NS);
  }

  private void pass(GatewayMapper mapper, long fromNs, long untilNs) {
    long nowNs = fromNs;
    while (true) {
      byte[] answer = waiting.poll();
      if (answer != null) {
        mapper.onDatagram(answer, nowNs);
      } else if (mapper.nextDeadlineNs() < untilNs) {
        nowNs = mapper.nextDeadlineNs();
        mapper.onTimer(nowNs);
      } else {
        return;
      }
    }
  }

  /** What was asked, as hex. */
  List<String> requests() {
    return requests.stream().map(HexFormat.of()::formatHex).toList();
  }

  /** Where the port was open; empty if nowhere. */
  String mapped() {
    return mapping == null ? "" : StunChecks.goText(mapping.external());
  }

  @Override
  public void send(byte[] datagram) {
    requests.add(datagram);
    byte[] answer = answers.apply(requests.size() - 1);
    if (answer != null) {
      waiting.add(answer);
    }
  }

  private byte[] answer(int number) {
    byte[] request = requests.get(number);
    return request[0] == 0 ? natPmp(ByteBuffer.wrap(request)) : pcp(request);
  }

  private byte[] natPmp(ByteBuffer request) {
    byte operation = request.get(1);
    boolean refused = refusesTcp && operation == NAT_PMP_TCP;
    ByteBuffer out = ByteBuffer.allocate(operation == 0 ? 12 : 16).put((byte) 0);
    out.put((byte) (operation | 0x80)).putShort((short) (refused ? REFUSED : 0)).putInt(1);
    return operation == 0
        ? out.put(hasNoAddress ? new byte[HOST.length] : HOST).array()
        : out.putShort(request.getShort(4))
            .putShort(request.getShort(6))
            .putInt(request.getInt(8))
            .array();
  }

  private byte[] pcp(byte[] request) {
    ByteBuffer out = ByteBuffer.wrap(request.clone());
    out.put(1, (byte) 0x81).putInt(8, 1).putShort(54, (short) 0xffff);
    if (grantedPort != 0 && out.getInt(4) != 0) {
      out.putShort(42, (short) grantedPort);
    }
    return out.put(56, HOST).array();
  }

  @Override
  public void onMapped(PortMapping opened) {
    mapping = opened;
  }

  @Override
  public void onUnmapped(String reason) {}

  @Override
  public void onRestarted() {}

  @Override
  public void onReleased() {}
}
