// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All candidates for one other end, fired at together from one moment on until one of them leads
 * there or the time is up; then nothing more is sent to any of them.
 *
 * <p>Not thread-safe; knows no sockets and no clock. Times are of one monotonic clock.
 */
public final class PunchRace {
  /** What a race wants done; called while one of its methods runs. */
  public interface Output {
    /**
     * Sends something to a candidate.
     *
     * @param shot how often that was done since the moment of firing
     */
    void fire(Candidate candidate, int shot);

    /** The time is up, and nothing led there; called at most once. */
    void missed(long nowNs);
  }

  private static final Shots STREAM_SHOTS = Shots.ofStreams();

  /** A place takes part by datagrams and by connections, each on its own. */
  private record Key(InetSocketAddress address, boolean stream) {
    static Key of(Candidate candidate) {
      return new Key(candidate.address(), candidate.stream());
    }
  }

  private static final class Lane {
    final Candidate candidate;
    long startNs;
    int shot;

    Lane(Candidate candidate, long startNs) {
      this.candidate = candidate;
      this.startNs = startNs;
    }
  }

  private final Shots shots;
  private final int maxCandidates;
  private final Output output;
  private final Map<Key, Lane> lanes = new LinkedHashMap<>();
  private long fireAtNs;
  private final long deadlineNs;
  private boolean over;

  /**
   * Makes one.
   *
   * @param maxCandidates how many are taken, at least 1
   * @param fireAtNs when the first shots go off
   * @param deadlineNs when it is missed
   */
  public PunchRace(Shots shots, int maxCandidates, long fireAtNs, long deadlineNs, Output output) {
    this.shots = shots;
    this.maxCandidates = maxCandidates;
    this.fireAtNs = fireAtNs;
    this.deadlineNs = deadlineNs;
    this.output = output;
  }

  /**
   * Takes part from the moment of firing on, or at once if that has passed. They fire in the order
   * in which they came, predicted ones first: with sequential ports on both sides it decides who
   * meets.
   *
   * @return false if it does already, if there are too many, or if all is over
   */
  public boolean add(Candidate candidate, long nowNs) {
    if (over || lanes.size() >= maxCandidates || lanes.containsKey(Key.of(candidate))) {
      return false;
    }
    boolean late = nowNs - fireAtNs >= 0;
    lanes.put(Key.of(candidate), new Lane(candidate, late ? nowNs : fireAtNs));
    if (late) {
      onTimer(nowNs);
    }
    return true;
  }

  /**
   * Begins anew with all candidates at another moment.
   *
   * @param keepPredicted whether ports that were predicted count still
   */
  public void again(long newFireAtNs, boolean keepPredicted) {
    fireAtNs = newFireAtNs;
    if (!keepPredicted) {
      lanes.values().removeIf(l -> l.candidate.source() == Candidate.Source.PREDICTED);
    }
    for (Lane lane : lanes.values()) {
      lane.startNs = newFireAtNs;
      lane.shot = 0;
    }
  }

  /** One led there, or nobody wants it any more: nothing more is fired. */
  public void end() {
    over = true;
    lanes.clear();
  }

  /** Whether nothing is fired any more. */
  public boolean isOver() {
    return over;
  }

  /** Who takes part by datagrams at this address; {@code null} if nobody. */
  public @Nullable Candidate at(InetSocketAddress address) {
    Lane lane = lanes.get(new Key(address, false));
    return lane == null ? null : lane.candidate;
  }

  /** How many take part. */
  public int size() {
    return lanes.size();
  }

  /** The time that {@link #nextDeadlineNs} said has come. */
  public void onTimer(long nowNs) {
    if (over) {
      return;
    }
    if (nowNs - deadlineNs >= 0) {
      end();
      output.missed(nowNs);
      return;
    }
    fire(true, nowNs);
    fire(false, nowNs);
  }

  private void fire(boolean predicted, long nowNs) {
    for (Lane lane : lanes.values().toArray(new Lane[0])) {
      boolean hasTurn = (lane.candidate.source() == Candidate.Source.PREDICTED) == predicted;
      if (!over && hasTurn && isDue(lane, nowNs)) {
        int shot = lane.shot++;
        // What was missed is not made up for.
        while (isDue(lane, nowNs)) {
          lane.shot++;
        }
        output.fire(lane.candidate, shot);
      }
    }
  }

  /** When {@link #onTimer} is due; {@link Long#MAX_VALUE} when all is over. */
  public long nextDeadlineNs() {
    long next = over ? Long.MAX_VALUE : deadlineNs;
    for (Lane lane : lanes.values()) {
      next = Math.min(next, nextNs(lane));
    }
    return next;
  }

  private boolean isDue(Lane lane, long nowNs) {
    long nextNs = nextNs(lane);
    return nextNs != Long.MAX_VALUE && nextNs - nowNs <= 0;
  }

  private long nextNs(Lane lane) {
    Shots own = lane.candidate.stream() ? STREAM_SHOTS : shots;
    long offsetNs = own.offsetNs(lane.shot);
    return offsetNs == Long.MAX_VALUE ? offsetNs : lane.startNs + offsetNs;
  }
}
