// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

import io.lichen.crypto.PeerId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what an engine asks for; knows one address, whichever it is. */
final class RecordingSink implements UdpSink {
  /** What was sent, as it was asked for. */
  record Sent(InetSocketAddress to, int kind, byte[] payload) {}

  final List<Sent> sent = new ArrayList<>();
  final List<String> refusals = new ArrayList<>();
  final List<Boolean> timedOut = new ArrayList<>();
  @Nullable Established established;
  @Nullable PeerId present;

  @Override
  public void send(InetSocketAddress to, int kind, byte[] payload) {
    sent.add(new Sent(to, kind, payload));
  }

  @Override
  public void established(
      InetSocketAddress address, Established with, boolean initiated, @Nullable UdpDial dial) {
    established = with;
    present = with.remoteId();
  }

  @Override
  public void failed(UdpDial dial, boolean late, String why) {
    timedOut.add(late);
  }

  @Override
  public void refused(InetSocketAddress from, String name, String why) {
    refusals.add(name);
  }

  @Override
  public @Nullable PeerId sessionWith(InetSocketAddress address) {
    return present;
  }

  List<Integer> kinds() {
    return sent.stream().map(Sent::kind).toList();
  }

  byte[] last() {
    return sent.getLast().payload();
  }
}
