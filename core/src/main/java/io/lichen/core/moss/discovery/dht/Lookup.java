// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.Endpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One search for the nodes nearest to a point: whom to ask next, and when it is over. It ends when
 * the eight nearest of those who answered are nearer than whoever could still be asked, or after
 * {@value #MAX_QUESTIONS} questions, or when time is up; with what is read of an answer that bounds
 * its memory too. Of one network of 256 public addresses one node counts. What only those have
 * named who have named several dead nodes is asked last, and not at all once eight have answered.
 * Not thread-safe.
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
    private final Object place;
    private final boolean isKnown;
    private final List<Candidate> namers = new ArrayList<>();
    private State state = State.NEW;
    private @Nullable NodeId id;
    private byte @Nullable [] token;
    private int deadNamed;

    private Candidate(Endpoint endpoint, @Nullable NodeId id, Object place, boolean isKnown) {
      this.endpoint = endpoint;
      this.id = id;
      this.place = place;
      this.isKnown = isKnown;
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
      return !isKnown && namers.stream().allMatch(namer -> namer.deadNamed >= MANY_DEAD);
    }
  }

  private final NodeId self;
  private final long deadlineNs;
  private final Comparator<Candidate> byDistance;
  private final Comparator<Candidate> byPromise;
  private final Map<Contact, Candidate> contacts = new HashMap<>();
  private final List<Candidate> candidates = new ArrayList<>();
  private final Set<Object> occupied = new HashSet<>();
  private final Map<Object, Integer> deadAt = new HashMap<>();
  private int asked;
  private int underWay;

  Lookup(NodeId target, NodeId self, long nowNs) {
    this.self = self;
    this.deadlineNs = nowNs + LIMIT_NS;
    this.byDistance = Comparator.comparing(c -> c.id, Comparator.nullsLast(target.byDistance()));
    this.byPromise = Comparator.comparing(Candidate::isDoubtful).thenComparing(byDistance);
  }

  /** Somebody whom the configuration names may be asked, whoever else is of the same network. */
  void offer(Endpoint endpoint) {
    if (isNew(endpoint)) {
      candidates.add(new Candidate(endpoint, null, endpoint, true));
    }
  }

  /** Somebody of the routing table may be asked. */
  void offer(Contact contact) {
    if (isNew(contact.endpoint())) {
      Object place = Reach.place(contact.endpoint());
      Candidate known = new Candidate(contact.endpoint(), contact.id(), place, true);
      contacts.put(contact, known);
      candidates.add(known);
    }
  }

  private boolean isNew(Endpoint endpoint) {
    return candidates.stream().noneMatch(c -> c.endpoint.equals(endpoint));
  }

  private void offer(Contact contact, Candidate namer) {
    if (contact.id().equals(self)) {
      return;
    }
    Candidate candidate = contacts.get(contact);
    if (candidate == null) {
      Object place = Reach.place(contact.endpoint());
      candidate = new Candidate(contact.endpoint(), contact.id(), place, false);
      contacts.put(contact, candidate);
      candidates.add(candidate);
    }
    candidate.namers.add(namer);
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
          occupied.add(candidate.place);
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
        .filter(this::mayBeAsked)
        .filter(c -> limit == null || (byDistance.compare(c, limit) < 0 && !c.isDoubtful()))
        .min(byPromise);
  }

  private boolean mayBeAsked(Candidate candidate) {
    return candidate.state == State.NEW
        && !occupied.contains(candidate.place)
        && deadAt.getOrDefault(candidate.place, 0) < MANY_DEAD;
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
    occupied.remove(candidate.place);
    deadAt.merge(candidate.place, 1, Integer::sum);
    candidate.namers.forEach(namer -> namer.deadNamed++);
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
