// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether the peer of one session has moved: its NAT has forgotten it, or its network is another
 * one (docs/wire/net-transport.md, "Moves"). Packets from elsewhere show no more than that somebody
 * has sent them on; so both places are asked, and the session stays where it is as long as that one
 * answers. On the loop.
 */
final class PeerMove {
  static final int MAX_CANDIDATES = 4;

  private static final int ROUNDS = 3;
  private static final long ROUND_MS = 300;
  private static final long LAST_ROUND_MS = 900;

  /** Bytes that an address is sent for each that came from there. */
  private static final int AMPLIFICATION = 3;

  /** An address from which the peer may be sending now. */
  private static final class Candidate {
    final InetSocketAddress address;
    long creditBytes;

    Candidate(InetSocketAddress address, long creditBytes) {
      this.address = address;
      this.creditBytes = creditBytes;
    }
  }

  private final DirectPaths all;
  private final PacketSession session;
  private final Map<Long, InetSocketAddress> probes = new HashMap<>();
  private final List<Candidate> candidates = new ArrayList<>();
  private final MoveSteps steps;
  private @Nullable InetSocketAddress proven;
  private int rounds;

  PeerMove(DirectPaths all, PacketSession session) {
    this.all = all;
    this.session = session;
    steps = new MoveSteps(all.context().loop);
  }

  /** An authentic packet, no copy, has come from another address than the session's. */
  void onPacket(InetSocketAddress from, int bytes) {
    if (steps.isPause() || session.viaRelay()) {
      return;
    }
    long creditBytes = (long) AMPLIFICATION * bytes;
    for (Candidate known : candidates) {
      if (known.address.equals(from)) {
        known.creditBytes += creditBytes;
        return;
      }
    }
    if (candidates.size() < MAX_CANDIDATES && all.isUsable(session.address(), from)) {
      add(new Candidate(from, creditBytes));
    }
  }

  private void add(Candidate candidate) {
    candidates.add(candidate);
    if (steps.areUnderWay()) {
      ask(candidate);
    } else {
      begin();
    }
  }

  private void begin() {
    all.context().counters.movesProbed.increment();
    rounds = 0;
    round();
  }

  private void round() {
    rounds++;
    probe(session.address());
    candidates.forEach(this::ask);
    if (rounds < ROUNDS) {
      steps.after(ROUND_MS, this::round);
    } else {
      steps.after(LAST_ROUND_MS, this::decide);
    }
  }

  private void ask(Candidate candidate) {
    if (candidate.creditBytes >= PathMessage.PROBE_DATAGRAM_BYTES) {
      candidate.creditBytes -= PathMessage.PROBE_DATAGRAM_BYTES;
      probe(candidate.address);
    }
  }

  private void probe(InetSocketAddress address) {
    long token = all.context().secrets.random().nextLong();
    probes.put(token, address);
    all.sendStraight(session, address, new PathMessage.Probe(token));
  }

  /**
   * The peer has got what was sent to an address. The answer may come from anywhere: whoever is
   * quicker than the peer could else hide that it is still where it was.
   */
  boolean onAnswer(long token) {
    InetSocketAddress probed = probes.get(token);
    if (probed == null) {
      return false;
    }
    if (probed.equals(session.address())) {
      all.context().counters.movesRefused.increment();
      stop();
    } else if (proven == null) {
      proven = probed;
    }
    return true;
  }

  /** The session's own address had time enough to answer, and has not. */
  private void decide() {
    InetSocketAddress to = proven;
    stop();
    // Meanwhile it may have gone back behind a relay.
    if (to != null && !session.viaRelay()) {
      all.context().counters.movesFollowed.increment();
      all.move(session, to);
    }
  }

  /** Nobody is asked any more; for a while nobody will be. */
  void stop() {
    steps.end();
    proven = null;
    probes.clear();
    candidates.clear();
  }
}
