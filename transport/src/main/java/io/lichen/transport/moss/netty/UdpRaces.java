// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.TransportException;
import io.lichen.transport.moss.TransportException.Reason;
import io.lichen.transport.moss.UdpRace;
import io.lichen.transport.moss.handshake.UdpDial;
import io.lichen.transport.moss.handshake.UdpHandshakes;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The races of one socket for its peers. On the socket's event loop, except {@link #open}. */
final class UdpRaces {
  private final UdpHandshakes handshakes;
  private final EventLoop loop;
  private final UdpWriter writer;
  private final Runnable rearm;
  private final List<Race> races = new ArrayList<>();

  private final class Race implements UdpRace {
    private final PeerId peer;
    private final long deadlineNs;
    private final CompletableFuture<MossSession> session = new CompletableFuture<>();
    private final Map<InetSocketAddress, UdpDial> dials = new LinkedHashMap<>();

    Race(PeerId peer, long deadlineNs) {
      this.peer = peer;
      this.deadlineNs = deadlineNs;
    }

    @Override
    public void add(InetSocketAddress address) {
      onLoop(() -> begin(address));
    }

    private void begin(InetSocketAddress address) {
      if (session.isDone() || dials.size() >= MAX_ADDRESSES || !writer.reaches(address)) {
        return;
      }
      long nowNs = System.nanoTime();
      UdpDial dial = handshakes.dial(address, peer, deadlineNs, nowNs);
      if (dial == null) {
        handshakes.again(address, nowNs);
      } else {
        dials.put(address, dial);
      }
      rearm.run();
    }

    @Override
    public CompletableFuture<MossSession> session() {
      return session;
    }

    @Override
    public void cancel() {
      end(new TransportException(Reason.CLOSED, "the race for " + peer + " was given up"));
    }

    private void end(TransportException why) {
      session.completeExceptionally(why);
      onLoop(() -> endDials());
    }

    private void endDials() {
      races.remove(this);
      pause();
    }

    /** Ends the dials; more may be added. */
    private void pause() {
      dials.values().forEach(handshakes::cancel);
      dials.clear();
      rearm.run();
    }

    private void onLoop(Runnable task) {
      if (loop.inEventLoop()) {
        task.run();
        return;
      }
      try {
        loop.execute(task);
      } catch (RejectedExecutionException e) {
        session.completeExceptionally(TransportContext.closed());
      }
    }
  }

  /**
   * Makes those of a socket.
   *
   * @param rearm called when timers of handshakes may have changed
   */
  UdpRaces(UdpHandshakes handshakes, UdpWriter writer, Runnable rearm) {
    this.handshakes = handshakes;
    this.loop = writer.loop();
    this.writer = writer;
    this.rearm = rearm;
  }

  /** Begins a race without addresses; any thread. */
  UdpRace open(PeerId peer, Duration timeout) {
    Race race = new Race(peer, System.nanoTime() + timeout.toNanos());
    race.onLoop(() -> races.add(race));
    race.onLoop(
        () -> {
          TransportException late =
              new TransportException(Reason.TIMEOUT, "no way to " + peer + " was found");
          var unused = loop.schedule(() -> race.end(late), timeout.toNanos(), TimeUnit.NANOSECONDS);
        });
    return race;
  }

  /** A handshake with a peer is complete: nothing more is sent to other addresses of it. */
  void met(PeerId peer) {
    for (Race race : List.copyOf(races)) {
      if (race.peer.equals(peer)) {
        race.pause();
      }
    }
  }

  /**
   * There is a session with a peer, and nobody has it yet: ends all races for it.
   *
   * @return who gets it; {@code null} if nobody races for the peer
   */
  @Nullable CompletableFuture<MossSession> won(PeerId peer) {
    CompletableFuture<MossSession> winner = null;
    for (Race race : List.copyOf(races)) {
      if (!race.peer.equals(peer)) {
        continue;
      }
      race.endDials();
      if (winner == null && !race.session.isDone()) {
        winner = race.session;
      } else {
        race.end(new TransportException(Reason.ALREADY_DIALING, "another race has met " + peer));
      }
    }
    return winner;
  }

  void close() {
    List.copyOf(races).forEach(race -> race.end(TransportContext.closed()));
  }
}
