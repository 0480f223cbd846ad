// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.relay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The relayed sessions of which this node is an end: asks one relay after the other for a target,
 * takes what others ask for, and knows which messages belong to what. Its user verifies signatures
 * before it reports an answer or a request.
 *
 * @param <P> names a peer
 */
public final class RelaySessions<P> {
  /** The least time for one candidate. */
  static final long LEAST_WAIT_NS = 300_000_000L;

  private static final class Attempt<P> {
    final P target;
    final List<P> candidates;
    final long eachNs;
    final long untilNs;
    int next;
    long nextNs;
    @Nullable RelaySession<P> asked;

    Attempt(P target, List<P> candidates, long timeoutNs, long nowNs) {
      this.target = target;
      this.candidates = List.copyOf(candidates);
      this.eachNs = Math.max(timeoutNs / candidates.size(), LEAST_WAIT_NS);
      this.untilNs = nowNs + timeoutNs;
      this.nextNs = nowNs;
    }
  }

  private final RelayEndLimits limits;
  private final Supplier<String> names;
  private final RelayEndOutput<P> output;
  private final Map<P, Attempt<P>> attempts = new LinkedHashMap<>();
  private final Map<String, RelaySession<P>> open = new LinkedHashMap<>();
  private final LinkedHashMap<String, Boolean> past = new LinkedHashMap<>();

  /**
   * Makes one without sessions.
   *
   * @param names gives names that nobody can guess
   */
  public RelaySessions(RelayEndLimits limits, Supplier<String> names, RelayEndOutput<P> output) {
    this.limits = limits;
    this.names = names;
    this.output = output;
  }

  /**
   * Begins to ask for a session, unless that is under way.
   *
   * @param candidates relays, the best first
   * @param timeoutNs for all together; each gets an equal part, but 300 ms at least
   * @return false if there is nobody to ask, or too much is under way
   */
  public boolean begin(P target, List<P> candidates, long timeoutNs, long nowNs) {
    if (attempts.containsKey(target)) {
      return true;
    }
    if (candidates.isEmpty()
        || attempts.size() >= limits.attempts()
        || open.size() >= limits.sessions()) {
      return false;
    }
    Attempt<P> attempt = new Attempt<>(target, candidates, timeoutNs, nowNs);
    attempts.put(target, attempt);
    advance(attempt, nowNs);
    return true;
  }

  /** Whether an answer is one that is waited for, so that its signature is worth a look. */
  public boolean awaits(P via, P source, String name) {
    Attempt<P> attempt = attempts.get(source);
    RelaySession<P> asked = attempt == null ? null : attempt.asked;
    return asked != null && asked.name().equals(name) && asked.via().equals(via);
  }

  /** The target has agreed, and signed that: the session is open. Empty if nobody waits for it. */
  public Optional<RelaySession<P>> accepted(P via, P source, String name) {
    Attempt<P> attempt = attempts.get(source);
    RelaySession<P> asked = attempt == null ? null : attempt.asked;
    if (asked == null || !awaits(via, source, name)) {
      return Optional.empty();
    }
    attempts.remove(source);
    add(asked);
    return Optional.of(asked);
  }

  /** Whether a request may be granted, so that its signature is worth a look. */
  public boolean mayGrant(P via, P source, String name) {
    RelaySession<P> known = open.get(name);
    if (known != null) {
      return known.via().equals(via) && known.remote().equals(source) && !known.initiator();
    }
    return !name.isEmpty()
        && name.length() <= RelayTable.MAX_NAME
        && !source.equals(via)
        && !past.containsKey(name)
        && (countOf(source) >= limits.perRemote()
            || (open.size() < limits.sessions()
                && count(session -> session.via().equals(via)) < limits.perVia()));
  }

  /**
   * A peer asks for a session, and has signed that. The same request may come twice.
   *
   * @return the session, which is open from now on; empty if it may not be granted
   */
  public Optional<RelaySession<P>> requested(P via, P source, String name) {
    if (!mayGrant(via, source, name)) {
      return Optional.empty();
    }
    RelaySession<P> known = open.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    RelaySession<P> session = new RelaySession<>(name, via, source, false);
    add(session);
    return Optional.of(session);
  }

  /** The open session to which a message belongs, if its relay and its source are those. */
  public Optional<RelaySession<P>> find(P via, P source, String name) {
    RelaySession<P> session = open.get(name);
    return Optional.ofNullable(session)
        .filter(known -> known.via().equals(via) && known.remote().equals(source));
  }

  /** An end of a session: the other says so, or this one has had enough of it. */
  public void end(RelaySession<P> session) {
    if (open.remove(session.name(), session)) {
      remember(session.name());
    }
  }

  /** A peer is no longer connected: sessions through it are over, and are returned. */
  public List<RelaySession<P>> left(P via, long nowNs) {
    List<RelaySession<P>> over =
        open.values().stream().filter(session -> session.via().equals(via)).toList();
    over.forEach(this::end);
    for (Attempt<P> attempt : List.copyOf(attempts.values())) {
      RelaySession<P> asked = attempt.asked;
      if (asked != null && asked.via().equals(via)) {
        advance(attempt, nowNs);
      }
    }
    return over;
  }

  /** Goes on with those attempts whose time has come. */
  public void onTimer(long nowNs) {
    for (Attempt<P> attempt : List.copyOf(attempts.values())) {
      if (nowNs - attempt.nextNs >= 0) {
        advance(attempt, nowNs);
      }
    }
  }

  /** When {@link #onTimer} is due; {@link Long#MAX_VALUE} for never. */
  public long nextDeadlineNs() {
    long next = Long.MAX_VALUE;
    for (Attempt<P> attempt : attempts.values()) {
      next = Math.min(next, attempt.nextNs);
    }
    return next;
  }

  /** The open sessions; must not be kept. */
  public Collection<RelaySession<P>> all() {
    return Collections.unmodifiableCollection(open.values());
  }

  /** Whether a session to this peer is being asked for. */
  public boolean isAskingFor(P target) {
    return attempts.containsKey(target);
  }

  /** Own sessions through each relay. */
  public Map<P, Integer> load() {
    Map<P, Integer> load = new HashMap<>();
    open.values().forEach(session -> load.merge(session.via(), 1, Integer::sum));
    return load;
  }

  private void advance(Attempt<P> attempt, long nowNs) {
    RelaySession<P> asked = attempt.asked;
    if (asked != null) {
      attempt.asked = null;
      remember(asked.name());
      output.abandoned(asked);
    }
    if (attempt.next >= attempt.candidates.size() || nowNs - attempt.untilNs >= 0) {
      attempts.remove(attempt.target);
      output.failed(attempt.target);
      return;
    }
    P via = attempt.candidates.get(attempt.next++);
    RelaySession<P> session = new RelaySession<>(names.get(), via, attempt.target, true);
    attempt.asked = session;
    attempt.nextNs = Math.min(nowNs + attempt.eachNs, attempt.untilNs);
    output.request(session);
  }

  private void add(RelaySession<P> session) {
    List<RelaySession<P>> same = new ArrayList<>(open.values());
    same.removeIf(other -> !other.remote().equals(session.remote()));
    if (same.size() >= limits.perRemote()) {
      end(same.get(0));
      output.abandoned(same.get(0));
    }
    open.put(session.name(), session);
  }

  private long countOf(P remote) {
    return count(session -> session.remote().equals(remote));
  }

  private long count(Predicate<RelaySession<P>> which) {
    return open.values().stream().filter(which).count();
  }

  private void remember(String name) {
    past.put(name, Boolean.TRUE);
    if (past.size() > limits.remembered()) {
      past.pollFirstEntry();
    }
  }
}
