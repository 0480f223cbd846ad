// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.DropReason;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings relayed sessions onto paths without a relay, and has sessions follow peers that move
 * (docs/wire/net-transport.md, "Direct paths" and "Moves"): what the sessions of a socket share in
 * this. On the loop.
 */
final class DirectPaths {
  /** Sessions that look for a path at once; others look later. */
  static final int MAX_SEARCHES = 16;

  private static final int MAX_ASKED = 8;
  private static final long ASK_INTERVAL_NS = 1_000_000_000L;

  private final EndpointContext context;
  private final Sessions sessions;
  private final Reflex reflex;
  private final PacketWriter writer;
  private final Map<PacketSession, DirectPath> paths = new HashMap<>();
  private final Map<PacketSession, PeerMove> moves = new HashMap<>();
  private final Map<PacketSession, ReflexMove> reflexMoves = new HashMap<>();
  private long askedNs;
  private boolean hasAsked;
  private int searches;

  DirectPaths(EndpointContext context, Sessions sessions, Reflex reflex, PacketWriter writer) {
    this.context = context;
    this.sessions = sessions;
    this.reflex = reflex;
    this.writer = writer;
  }

  /** The peer of a session has said whether it knows these messages. */
  void peerSupports(PacketSession session, boolean supported) {
    if (!supported || !context.config.directPaths()) {
      ended(session);
    } else if (session.isOpen()) {
      endReflexMove(session);
      moves.computeIfAbsent(session, key -> new PeerMove(this, key));
      if (session.beganRelayed()) {
        paths.computeIfAbsent(session, key -> new DirectPath(this, key)).wanted();
      }
    }
  }

  /** Whether the peer of a session follows this node to another address. */
  boolean isFollowed(PacketSession session) {
    return moves.containsKey(session);
  }

  /** A packet of a session, authentic and no copy, came straight from another address than its. */
  void onOtherAddress(PacketSession session, InetSocketAddress from, int bytes) {
    PeerMove move = moves.get(session);
    if (move != null) {
      move.onPacket(from, bytes);
    } else if (context.config.directPaths() && session.isOpen()) {
      reflexMoves.computeIfAbsent(session, key -> new ReflexMove(this, key)).onPacket(from, bytes);
    }
  }

  private void onReflexAnswer(PacketSession session) {
    ReflexMove move = reflexMoves.get(session);
    if (move != null) {
      move.onAnswer();
    }
  }

  /** Somebody else has found that an address leads to the peer of a relayed session. */
  boolean tryPath(PacketSession session, InetSocketAddress address) {
    DirectPath path = paths.get(session);
    if (path == null || !session.viaRelay()) {
      return false;
    }
    path.hint(usable(session, List.of(address)));
    return true;
  }

  /** A session is over. */
  void ended(PacketSession session) {
    DirectPath path = paths.remove(session);
    if (path != null) {
      path.stop();
    }
    PeerMove move = moves.remove(session);
    if (move != null) {
      move.stop();
    }
    endReflexMove(session);
  }

  private void endReflexMove(PacketSession session) {
    ReflexMove move = reflexMoves.remove(session);
    if (move != null) {
      move.stop();
    }
  }

  /**
   * An event of a subprotocol has come.
   *
   * @param from the address it came from if it came straight, {@code null} behind a routing header
   * @return whether it was about paths
   */
  boolean onEvent(PacketSession session, int id, ByteBuf event, @Nullable InetSocketAddress from) {
    if (from != null && Reflex.isAnswer(id, event)) {
      onReflexAnswer(session);
    }
    if (id != PathMessage.SUBPROTOCOL || !context.config.directPaths()) {
      return false;
    }
    PathMessage message = PathMessage.decode(event);
    if (message == null || !take(session, message, from)) {
      context.drops.drop(DropReason.PATH_REFUSED);
    }
    return true;
  }

  private boolean take(
      PacketSession session, PathMessage message, @Nullable InetSocketAddress from) {
    DirectPath path = paths.get(session);
    return switch (message) {
      case PathMessage.Offer offer -> path != null && path.onOffer(offer);
      case PathMessage.Probe probe -> from != null && onProbe(session, path, probe.token(), from);
      case PathMessage.Answer answer ->
          from != null && onAnswer(session, path, answer.token(), from);
    };
  }

  private boolean onProbe(
      PacketSession session, @Nullable DirectPath path, long token, InetSocketAddress from) {
    if (path == null && session.beganRelayed()) {
      return false;
    }
    sendStraight(session, from, new PathMessage.Answer(token));
    if (path != null) {
      path.onProbe(from);
    }
    return true;
  }

  private boolean onAnswer(
      PacketSession session, @Nullable DirectPath path, long token, InetSocketAddress from) {
    PeerMove move = moves.get(session);
    return (move != null && move.onAnswer(token)) || (path != null && path.onAnswer(token, from));
  }

  // For the paths.

  EndpointContext context() {
    return context;
  }

  /** Whether one more session may look for a path now; each that may says when it is done. */
  boolean beginSearch() {
    if (searches >= MAX_SEARCHES) {
      return false;
    }
    searches++;
    return true;
  }

  void endSearch() {
    searches--;
  }

  /** Asks some direct peers where they see this node, unless they were asked just now. */
  void askPeers() {
    long nowNs = context.loop.nowNs();
    if (hasAsked && nowNs - askedNs < ASK_INTERVAL_NS) {
      return;
    }
    hasAsked = true;
    askedNs = nowNs;
    sessions.direct().stream().limit(MAX_ASKED).forEach(reflex::ask);
  }

  /** Where this node may be reached: where it is bound, and where its direct peers see it. */
  List<InetSocketAddress> ownAddresses() {
    Set<InetSocketAddress> own = new LinkedHashSet<>();
    InetSocketAddress bound = context.config.bindAddress();
    if (!bound.getAddress().isAnyLocalAddress()) {
      own.add(bound);
    }
    for (PacketSession session : sessions.direct()) {
      InetSocketAddress seen = session.seenAs();
      if (seen != null && own.size() < PathMessage.MAX_ADDRESSES) {
        own.add(seen);
      }
    }
    return List.copyOf(own);
  }

  /** Of the addresses that a peer names, those to which a datagram may be sent at its word. */
  List<InetSocketAddress> usable(PacketSession session, List<InetSocketAddress> named) {
    List<InetSocketAddress> usable = new ArrayList<>();
    for (InetSocketAddress address : named) {
      if (isUsable(session.relayAddress(), address) && !usable.contains(address)) {
        usable.add(address);
      }
    }
    return usable;
  }

  /** Whether somebody other than the one at the known address may be reached there. */
  boolean isUsable(InetSocketAddress known, InetSocketAddress address) {
    InetAddress host = address.getAddress();
    return address.getPort() != 0
        && !address.equals(known)
        && !address.equals(context.config.bindAddress())
        && host.getClass() == known.getAddress().getClass()
        && !host.isAnyLocalAddress()
        && !host.isMulticastAddress()
        && !host.isLinkLocalAddress()
        // Nobody out there may have this machine's own services probed.
        && (!host.isLoopbackAddress() || known.getAddress().isLoopbackAddress());
  }

  /** Over the path that the session has now. */
  void send(PacketSession session, PathMessage message) {
    session.sendNow(PathMessage.SUBPROTOCOL, message.encode(context.allocator));
  }

  /** Straight to an address. */
  void sendStraight(PacketSession session, InetSocketAddress to, PathMessage message) {
    sendStraight(session, to, PathMessage.SUBPROTOCOL, message.encode(context.allocator));
  }

  /** Asks a peer, if it is at an address, where it sees this node. */
  void askAt(PacketSession session, InetSocketAddress to) {
    sendStraight(session, to, Reflex.SUBPROTOCOL, reflex.question());
  }

  private void sendStraight(PacketSession session, InetSocketAddress to, int id, ByteBuf event) {
    try {
      writer.straight(session, to, id, session.nextSequence(id), event);
    } finally {
      event.release();
    }
  }

  /** The session's packets go straight to an address, or with {@code null} over the relay again. */
  void move(PacketSession session, @Nullable InetSocketAddress direct) {
    sessions.move(session, direct);
  }
}
