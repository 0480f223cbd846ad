// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.relay;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that a relay carries for others. Only their two ends can do anything with them;
 * before the target has agreed nothing but requests goes to it, and never more than three times
 * what has come in.
 *
 * <p>A request is asked about twice, since verifying a signature costs more than all the rest:
 * {@link #mayOpen} before, {@link #open} after.
 *
 * @param <P> names a peer
 */
public final class RelayTable<P> {
  /** The longest name of a session; those of the natives have 32 characters. */
  static final int MAX_NAME = 64;

  /** What may go out for what has come in before the target has agreed. */
  static final int MAX_AMPLIFICATION = 3;

  private static final class Route<P> {
    final P source;
    final P target;
    boolean agreed;
    long bytesIn;
    long bytesOut;
    long lastNs;

    Route(P source, P target) {
      this.source = source;
      this.target = target;
    }

    boolean isBetween(P one, P other) {
      return (source.equals(one) && target.equals(other))
          || (source.equals(other) && target.equals(one));
    }

    boolean hasEnd(P peer) {
      return source.equals(peer) || target.equals(peer);
    }

    boolean isOver(RelayLimits limits, long nowNs) {
      return nowNs - lastNs >= (agreed ? limits.idleNs() : limits.consentNs());
    }
  }

  private final RelayLimits limits;
  private final Map<String, Route<P>> routes = new HashMap<>();
  private final Map<P, ByteBucket> buckets = new HashMap<>();

  /** Makes an empty one. */
  public RelayTable(RelayLimits limits) {
    this.limits = limits;
  }

  /** Whether a request is worth a look at its signature; changes nothing but what is over. */
  public RelayVerdict mayOpen(RelayMessage<P> request, Predicate<P> connected, long nowNs) {
    expire(nowNs);
    if (!isWellFormed(request)) {
      return RelayVerdict.MALFORMED;
    }
    if (!request.sender().equals(request.source())) {
      return RelayVerdict.NOT_SENDER;
    }
    if (!connected.test(request.target())) {
      return RelayVerdict.NO_TARGET;
    }
    Route<P> known = routes.get(request.session());
    return known == null ? mayAdd(request) : mayRepeat(known, request);
  }

  /** A request that its source has signed: opens the session, or asks its target once more. */
  public RelayVerdict open(RelayMessage<P> request, Predicate<P> connected, long nowNs) {
    RelayVerdict verdict = mayOpen(request, connected, nowNs);
    if (verdict != RelayVerdict.FORWARD) {
      return verdict;
    }
    Route<P> route = routes.get(request.session());
    if (route == null) {
      makeRoomInPair(request);
      route = new Route<>(request.source(), request.target());
      routes.put(request.session(), route);
    }
    route.bytesIn += request.bytesIn();
    route.bytesOut += request.bytesOut();
    route.lastNs = nowNs;
    return RelayVerdict.FORWARD;
  }

  /** The target has agreed; whoever gets it verifies the signature. */
  public RelayVerdict accept(RelayMessage<P> accept, Predicate<P> connected, long nowNs) {
    RelayVerdict verdict = check(accept, connected, nowNs);
    Route<P> route = routes.get(accept.session());
    if (verdict != RelayVerdict.FORWARD || route == null) {
      return verdict;
    }
    if (!route.target.equals(accept.sender())) {
      return RelayVerdict.NO_SESSION;
    }
    route.agreed = true;
    route.lastNs = nowNs;
    return RelayVerdict.FORWARD;
  }

  /**
   * Data. A target that sends some has agreed: over UDP it may overtake the answer.
   *
   * @param payloadBytes what the sender's bucket is charged
   */
  public RelayVerdict data(
      RelayMessage<P> data, int payloadBytes, Predicate<P> connected, long nowNs) {
    RelayVerdict verdict = check(data, connected, nowNs);
    Route<P> route = routes.get(data.session());
    if (verdict != RelayVerdict.FORWARD || route == null) {
      return verdict;
    }
    if (!route.agreed && !route.target.equals(data.sender())) {
      return RelayVerdict.NO_CONSENT;
    }
    ByteBucket bucket =
        buckets.computeIfAbsent(data.sender(), peer -> new ByteBucket(limits.rate(), nowNs));
    if (!bucket.take(payloadBytes, nowNs)) {
      return RelayVerdict.THROTTLED;
    }
    route.agreed = true;
    route.lastNs = nowNs;
    return RelayVerdict.FORWARD;
  }

  /** One of its ends closes a session; the other is to be told if it is connected. */
  public RelayVerdict close(RelayMessage<P> close, Predicate<P> connected, long nowNs) {
    RelayVerdict verdict = check(close, peer -> true, nowNs);
    if (verdict != RelayVerdict.FORWARD) {
      return verdict;
    }
    routes.remove(close.session());
    return connected.test(close.target()) ? verdict : RelayVerdict.NO_TARGET;
  }

  /** A peer is no longer connected: its sessions are over. */
  public void left(P peer) {
    routes.values().removeIf(route -> route.hasEnd(peer));
  }

  /** Ends what is over, and forgets what tells nothing; to be called about every second. */
  public void expire(long nowNs) {
    routes.values().removeIf(route -> route.isOver(limits, nowNs));
    buckets.values().removeIf(bucket -> bucket.isFull(nowNs));
  }

  /** Number of sessions. */
  public int size() {
    return routes.size();
  }

  /** Whether one more could be opened. */
  public boolean hasRoom() {
    return routes.size() < limits.sessions();
  }

  /** What holds for all messages of a session that is there. */
  private RelayVerdict check(RelayMessage<P> message, Predicate<P> connected, long nowNs) {
    Route<P> route = routes.get(message.session());
    if (route != null && route.isOver(limits, nowNs)) {
      routes.remove(message.session());
      route = null;
    }
    if (route == null || !route.isBetween(message.source(), message.target())) {
      return RelayVerdict.NO_SESSION;
    }
    if (!message.sender().equals(message.source())) {
      return RelayVerdict.NOT_SENDER;
    }
    return connected.test(message.target()) ? RelayVerdict.FORWARD : RelayVerdict.NO_TARGET;
  }

  private RelayVerdict mayAdd(RelayMessage<P> request) {
    if (request.bytesOut() > (long) MAX_AMPLIFICATION * request.bytesIn()) {
      return RelayVerdict.AMPLIFIED;
    }
    long ofPair = count(route -> route.isBetween(request.source(), request.target()));
    if (ofPair < limits.sessionsPerPair() && !hasRoom()) {
      return RelayVerdict.FULL;
    }
    boolean replaces = ofPair >= limits.sessionsPerPair();
    boolean tooMany =
        !replaces
            && count(route -> route.source.equals(request.source())) >= limits.sessionsPerSource();
    return tooMany || tooManyPending(request) ? RelayVerdict.TOO_MANY : RelayVerdict.FORWARD;
  }

  /** A target that does not answer is not asked for ever. */
  private boolean tooManyPending(RelayMessage<P> request) {
    Predicate<Route<P>> pending = route -> route.source.equals(request.source()) && !route.agreed;
    return count(pending) >= limits.pendingPerSource()
        || count(pending.and(route -> route.target.equals(request.target())))
            >= limits.sessionsPerPair();
  }

  private RelayVerdict mayRepeat(Route<P> route, RelayMessage<P> request) {
    if (!route.source.equals(request.source()) || !route.target.equals(request.target())) {
      return RelayVerdict.NAME_TAKEN;
    }
    long in = route.bytesIn + request.bytesIn();
    boolean amplified =
        !route.agreed && route.bytesOut + request.bytesOut() > MAX_AMPLIFICATION * in;
    return amplified ? RelayVerdict.AMPLIFIED : RelayVerdict.FORWARD;
  }

  /** Ends that lost a session without a word would otherwise fill the table with dead ones. */
  private void makeRoomInPair(RelayMessage<P> request) {
    if (count(route -> route.isBetween(request.source(), request.target()))
        < limits.sessionsPerPair()) {
      return;
    }
    String idlest = idlest(request.source(), request.target());
    routes.remove(Objects.requireNonNull(idlest, "a pair without sessions"));
  }

  private @Nullable String idlest(P one, P other) {
    return routes.entrySet().stream()
        .filter(entry -> entry.getValue().isBetween(one, other))
        .min(Comparator.comparingLong(entry -> entry.getValue().lastNs))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private long count(Predicate<Route<P>> which) {
    long count = 0;
    for (Iterator<Route<P>> all = routes.values().iterator(); all.hasNext(); ) {
      count += which.test(all.next()) ? 1 : 0;
    }
    return count;
  }

  private boolean isWellFormed(RelayMessage<P> request) {
    String name = request.session();
    return !name.isEmpty()
        && name.length() <= MAX_NAME
        && name.chars().allMatch(RelayTable::isPlain)
        && !request.source().equals(request.target());
  }

  /** Characters that JSON writes as they are, so that a name does not grow on its way. */
  private static boolean isPlain(int c) {
    return c > ' ' && c < 0x7f && "\"\\<>&".indexOf(c) < 0;
  }
}
