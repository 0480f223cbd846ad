// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.Endpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One search for the nodes nearest to a point: whom to ask next, and when it is over. It ends when
 * the eight nearest of those who answered are nearer than whoever could still be asked, or after
 * {@value #MAX_QUESTIONS} questions, or when time is up; with what it may read of an answer that
 * bounds its memory too. Of one network of 256 public addresses one node is asked. What was named
 * by a node that has named several dead ones is asked after the others' proposals. Not thread-safe.
 */
final class Lookup {
  /** Questions under way at the same time. */
  static final int PARALLEL = 3;

  /** Questions in all. */
  static final int MAX_QUESTIONS = 128;

  /** For how long it asks on. */
  static final long LIMIT_NS = 60_000_000_000L;

  /** So many dead nodes named are no accident. */
  private static final int MANY_DEAD = 3;

  private enum State {
    NEW,
    ASKED,
    ANSWERED,
    DEAD
  }

  /** A node that may be asked, with what came of it. */
  static final class Candidate {
    private final Endpoint endpoint;
    private final @Nullable Candidate namer;
    private State state = State.NEW;
    private @Nullable NodeId id;
    private byte @Nullable [] token;
    private int deadNamed;

    private Candidate(Endpoint endpoint, @Nullable NodeId id, @Nullable Candidate namer) {
      this.endpoint = endpoint;
      this.id = id;
      this.namer = namer;
    }

    /** Where it listens. */
    Endpoint endpoint() {
      return endpoint;
    }

    /** Where it lies, as was said, then as it said itself; null if nobody has said so. */
    @Nullable NodeId id() {
      return id;
    }

    /** What it wants to see with an announce, if it takes any. */
    byte @Nullable [] token() {
      return token;
    }

    private boolean isDoubtful() {
      return namer != null && namer.deadNamed >= MANY_DEAD;
    }
  }

  private final NodeId self;
  private final long deadlineNs;
  private final Comparator<Candidate> byDistance;
  private final Comparator<Candidate> byPromise;
  private final List<Candidate> candidates = new ArrayList<>();
  private final Set<Object> places = new HashSet<>();
  private int asked;
  private int underWay;

  Lookup(NodeId target, NodeId self, long nowNs) {
    this.self = self;
    this.deadlineNs = nowNs + LIMIT_NS;
    this.byDistance = Comparator.comparing(c -> c.id, Comparator.nullsLast(target.byDistance()));
    this.byPromise = Comparator.comparing(Candidate::isDoubtful).thenComparing(byDistance);
  }

  /** Somebody of the routing table may be asked. */
  void offer(Contact contact) {
    offer(contact, null);
  }

  /** Somebody whom the configuration names may be asked. */
  void offer(Endpoint endpoint) {
    if (candidates.stream().noneMatch(c -> c.endpoint.equals(endpoint))) {
      candidates.add(new Candidate(endpoint, null, null));
    }
  }

  private void offer(Contact contact, @Nullable Candidate namer) {
    if (!contact.id().equals(self) && places.add(Reach.place(contact.endpoint()))) {
      candidates.add(new Candidate(contact.endpoint(), contact.id(), namer));
    }
  }

  /** Whom to ask now, if anybody; counts as asked. */
  Optional<Candidate> next(long nowNs) {
    if (underWay >= PARALLEL) {
      return Optional.empty();
    }
    Optional<Candidate> next = mostPromising(nowNs);
    next.ifPresent(
        candidate -> {
          candidate.state = State.ASKED;
          asked++;
          underWay++;
        });
    return next;
  }

  private Optional<Candidate> mostPromising(long nowNs) {
    if (asked >= MAX_QUESTIONS || deadlineNs - nowNs <= 0) {
      return Optional.empty();
    }
    List<Candidate> nearest = nearestAnswered();
    Candidate limit = nearest.size() < RoutingTable.K ? null : nearest.getLast();
    return candidates.stream()
        .filter(c -> c.state == State.NEW)
        .filter(c -> limit == null || byDistance.compare(c, limit) < 0)
        .min(byPromise);
  }

  /**
   * A candidate has answered.
   *
   * @return the peers that it may name
   */
  List<Endpoint> answered(Candidate candidate, Krpc.Response response) {
    underWay--;
    candidate.state = State.ANSWERED;
    candidate.id = response.id();
    candidate.token = response.token();
    for (Contact named : response.nodes()) {
      if (Reach.mayPass(candidate.endpoint, named.endpoint())) {
        offer(named, candidate);
      }
    }
    return response.values().stream()
        .filter(peer -> Reach.mayPass(candidate.endpoint, peer))
        .toList();
  }

  /** A candidate has not answered. */
  void failed(Candidate candidate) {
    underWay--;
    candidate.state = State.DEAD;
    if (candidate.namer != null) {
      candidate.namer.deadNamed++;
    }
  }

  /** Whether nothing is asked any more and no answer is awaited. */
  boolean isOver(long nowNs) {
    return underWay == 0 && mostPromising(nowNs).isEmpty();
  }

  /** The nearest eight of those that have answered. */
  List<Candidate> nearestAnswered() {
    return candidates.stream()
        .filter(c -> c.state == State.ANSWERED)
        .sorted(byDistance)
        .limit(RoutingTable.K)
        .toList();
  }

  /** The nearest eight of those that take announces. */
  List<Candidate> nearestTakers() {
    return candidates.stream()
        .filter(c -> c.state == State.ANSWERED && c.token != null)
        .sorted(byDistance)
        .limit(RoutingTable.K)
        .toList();
  }
}
