// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.simulation;

import io.lichen.core.net.nat.Answers;
import io.lichen.core.net.nat.Classification;
import io.lichen.core.net.nat.Dials;
import io.lichen.core.net.nat.DirectConnects;
import io.lichen.core.net.nat.DirectEnd;
import io.lichen.core.net.nat.Introductions;
import io.lichen.core.net.nat.Meeting;
import io.lichen.core.net.nat.NatCounters;
import io.lichen.core.net.nat.NatOutput;
import io.lichen.core.net.nat.NatPeers;
import io.lichen.core.net.nat.NatView;
import io.lichen.core.net.nat.OwnPorts;
import io.lichen.core.net.nat.ReflexProbes;
import io.lichen.core.net.nat.Requests;
import io.lichen.core.net.wire.SubprotocolIds;
import io.lichen.nat.path.Openness;
import io.lichen.testkit.VirtualTime;
import io.lichen.testkit.nat.SimUdpHost;
import io.lichen.transport.net.AddressField;
import io.lichen.transport.net.NetDial;
import io.lichen.transport.net.NetSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A node of the Net wire as far as NATs concern it: its engines, and around them as little of a
 * transport as will do. Who says DIAL has a session with who answers; announcements reach all at
 * once.
 */
final class NetSimNode implements NatOutput, NatPeers, Dials {
  static final int PORT = 4700;

  private static final byte EVENT = 1;
  private static final byte DIAL = 2;
  private static final byte ANSWER = 3;
  private static final int HEAD_BYTES = 1 + Long.BYTES;
  private static final long MS = 1_000_000;
  private static final long REDIAL_NS = 250 * MS;
  private static final int REDIALS = 20;

  /** Who stands for a session over a relay: nobody looks at it. */
  private static final NetSession RELAYED =
      (NetSession)
          Proxy.newProxyInstance(
              NetSession.class.getClassLoader(),
              new Class<?>[] {NetSession.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  final long id;
  final NatCounters counters = new NatCounters();

  /** Where keep-alives went. */
  final List<InetSocketAddress> plain = new ArrayList<>();

  private final VirtualTime time;
  private final SimUdpHost host;
  private final Map<Long, NetSimNode> all;
  private final SequencedMap<Long, InetSocketAddress> sessions = new LinkedHashMap<>();
  private final Map<Long, CompletableFuture<NetSession>> dials = new LinkedHashMap<>();
  private final OwnPorts ports;
  private final ReflexProbes probes;
  private final Classification classification;
  private final Requests requests;
  private final Answers answers;
  private final Meeting meeting;
  private final DirectConnects connects;

  /**
   * Binds.
   *
   * @param all nodes by id, this one as well from now on
   */
  NetSimNode(
      long id,
      VirtualTime time,
      SimUdpHost host,
      boolean predicts,
      Map<Long, NetSimNode> all,
      SplittableRandom random) {
    this.id = id;
    this.time = time;
    this.host = host;
    this.all = all;
    InetSocketAddress bound = host.bind(PORT, this::onDatagram);
    ports = new OwnPorts(predicts);
    probes = new ReflexProbes(this);
    classification =
        new Classification(probes, this, ports, bound::equals, view -> {}, time::nowNs);
    requests =
        new Requests(
            id, this, this, counters, probes, this::ownAddress, ports, random, time::nowNs);
    answers = new Answers(id, this, this, counters, ports);
    meeting = new Meeting(id, new Introductions(this, this, counters), requests, answers, counters);
    connects =
        new DirectConnects(
            this, requests, this, () -> view().openness(), ports, counters, time::nowNs);
    all.put(id, this);
  }

  NatView view() {
    return classification.view();
  }

  void classify() {
    classification.classify(time.nowNs(), () -> {});
    arm();
  }

  /** Opens a session with one that is no peer yet. */
  void dial(InetSocketAddress address) {
    send(address, DIAL, Unpooled.EMPTY_BUFFER);
  }

  /** Opens one without a relay, if that can be. */
  CompletableFuture<DirectEnd> connect(NetSimNode other, NetSimNode coordinator) {
    CompletableFuture<DirectEnd> done = new CompletableFuture<>();
    connects.connect(other.id, new byte[32], List.of(coordinator.id), time.nowNs(), done::complete);
    arm();
    return done;
  }

  private @Nullable InetSocketAddress ownAddress(@Nullable InetSocketAddress seen) {
    InetSocketAddress here = seen == null ? view().seen() : seen;
    return here == null ? null : ports.next(here);
  }

  // What comes in.

  private void onDatagram(InetSocketAddress from, byte[] datagram) {
    ByteBuf in = Unpooled.wrappedBuffer(datagram);
    switch (in.getByte(0)) {
      case EVENT -> onEvent(in.getLong(1), in.skipBytes(HEAD_BYTES));
      case DIAL -> {
        meet(in.getLong(1), from);
        send(from, ANSWER, Unpooled.EMPTY_BUFFER);
      }
      case ANSWER -> {
        meet(in.getLong(1), from);
        CompletableFuture<NetSession> dial = dials.remove(in.getLong(1));
        if (dial != null) {
          dial.complete(RELAYED);
        }
      }
      default -> meeting.onKeepAlive(from, in, time.nowNs());
    }
    arm();
  }

  private void meet(long node, InetSocketAddress address) {
    sessions.putIfAbsent(node, address);
    ports.spokeTo(address);
    connects.met(node, time.nowNs());
    meeting.met(node, time.nowNs());
  }

  private void onEvent(long from, ByteBuf event) {
    InetSocketAddress address = sessions.get(from);
    int subprotocol = event.readUnsignedShort();
    if (subprotocol == SubprotocolIds.RENDEZVOUS) {
      meeting.onEvent(from, event, time.nowNs(), time.nowNs() / MS);
    } else if (event.isReadable()) {
      probes.onEvent(from, event);
    } else if (address != null) {
      ByteBuf seen = Unpooled.buffer();
      AddressField.write(seen, address);
      byte[] octets = new byte[seen.readableBytes()];
      seen.readBytes(octets);
      send(from, SubprotocolIds.REFLEX, octets);
    }
  }

  // What goes out.

  @Override
  public boolean send(long peer, int subprotocol, byte[] event) {
    InetSocketAddress address = sessions.get(peer);
    if (address != null) {
      ByteBuf body = Unpooled.buffer().writeShort(subprotocol).writeBytes(event);
      send(address, EVENT, body);
    }
    return address != null;
  }

  @Override
  public void sendPlain(InetSocketAddress to, byte[] datagram) {
    plain.add(to);
    host.send(PORT, to, datagram);
  }

  private void send(InetSocketAddress to, byte kind, ByteBuf body) {
    byte[] datagram = new byte[HEAD_BYTES + body.readableBytes()];
    Unpooled.wrappedBuffer(datagram).clear().writeByte(kind).writeLong(id).writeBytes(body);
    host.send(PORT, to, datagram);
  }

  @Override
  public CompletableFuture<NetSession> connect(NetDial dial) {
    if (dial.way() == NetDial.Way.RELAYED) {
      return CompletableFuture.completedFuture(RELAYED);
    }
    CompletableFuture<NetSession> begun = new CompletableFuture<>();
    dials.put(dial.peerNodeId(), begun);
    dial(dial, begun, REDIALS);
    return begun;
  }

  private void dial(NetDial dial, CompletableFuture<NetSession> begun, int left) {
    if (!begun.isDone() && left > 0) {
      dial(dial.address());
      time.schedule(REDIAL_NS, () -> dial(dial, begun, left - 1));
    }
  }

  @Override
  public @Nullable InetSocketAddress nextHop(long node) {
    return null;
  }

  @Override
  public boolean isConnected(long node) {
    return sessions.containsKey(node);
  }

  @Override
  public boolean tryPath(long peer, InetSocketAddress address) {
    return false;
  }

  // What it knows of others.

  @Override
  public @Nullable InetSocketAddress direct(long node) {
    return sessions.get(node);
  }

  @Override
  public List<Long> direct() {
    return List.copyOf(sessions.sequencedKeySet().reversed());
  }

  @Override
  public @Nullable InetSocketAddress announced(long node) {
    return said(node).seen();
  }

  @Override
  public Openness openness(long node) {
    return said(node).openness();
  }

  @Override
  public int portStep(long node) {
    return said(node).portStep();
  }

  @Override
  public boolean predictsPorts(long node) {
    NetSimNode other = all.get(node);
    return other != null && other.ports.areEnabled();
  }

  private NatView said(long node) {
    NetSimNode other = all.get(node);
    return other == null ? NatView.UNKNOWN : other.view();
  }

  // Time.

  private long nextDeadlineNs() {
    return LongStream.of(
            probes.nextDeadlineNs(),
            classification.nextDeadlineNs(),
            requests.nextDeadlineNs(),
            answers.nextDeadlineNs(),
            connects.nextDeadlineNs())
        .min()
        .orElseThrow();
  }

  private void arm() {
    long nextNs = nextDeadlineNs();
    if (nextNs != Long.MAX_VALUE) {
      time.schedule(Math.max(0, nextNs - time.nowNs()), this::onTimer);
    }
  }

  private void onTimer() {
    long nowNs = time.nowNs();
    if (nextDeadlineNs() - nowNs > 0) {
      return;
    }
    probes.onTimer(nowNs);
    classification.onTimer(nowNs);
    requests.onTimer(nowNs);
    answers.onTimer(nowNs);
    connects.onTimer(nowNs);
    arm();
  }
}
