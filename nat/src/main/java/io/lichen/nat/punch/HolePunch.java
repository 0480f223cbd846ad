// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One punch at the end that wants it: asks a coordinator, races whatever addresses come back, and
 * asks anew, perhaps another, as long as nothing led there. All that is reported before the end
 * counts, not only what came first.
 *
 * <p>Not thread-safe; knows no sockets and no clock. Times are of one monotonic clock.
 *
 * @param <C> who coordinates
 */
public final class HolePunch<C> {
  /** What a punch wants done; called while one of its methods runs. */
  public interface Output<C> {
    /**
     * Asks a coordinator to have the other end fire. Answered by {@link #offered} or {@link
     * #refused}, now or later.
     *
     * @param attempt how often that was done before
     */
    void ask(C coordinator, int attempt, long nowNs);

    /**
     * Sends something to a candidate.
     *
     * @param shot how often that was done in this attempt
     */
    void fire(Candidate candidate, int shot);

    /** It has ended; called once. */
    void over(PunchEnd end, long nowNs);
  }

  private final PunchSettings settings;
  private final List<C> coordinators;
  private final long deadlineNs;
  private final Output<C> output;
  private final PunchRace race;
  private int attempts;
  private int refusals;
  private @Nullable C asked;
  private boolean answered;
  private long againNs = Long.MAX_VALUE;
  private boolean over;

  /**
   * Prepares one.
   *
   * @param coordinators the best first
   * @param deadlineNs when it is missed
   */
  public HolePunch(
      PunchSettings settings, List<C> coordinators, long deadlineNs, Output<C> output) {
    this.settings = settings;
    this.coordinators = List.copyOf(coordinators);
    this.deadlineNs = deadlineNs;
    this.output = output;
    // What is added waits for the first offer's moment.
    this.race =
        new PunchRace(
            settings.shots(), settings.maxCandidates(), deadlineNs, deadlineNs, raceOutput());
  }

  private PunchRace.Output raceOutput() {
    return new PunchRace.Output() {
      @Override
      public void fire(Candidate candidate, int shot) {
        output.fire(candidate, shot);
      }

      @Override
      public void missed(long nowNs) {
        end(PunchEnd.MISSED, nowNs);
      }
    };
  }

  /**
   * Begins. Without a coordinator what is known is fired at once: the other end may do likewise.
   */
  public void start(long nowNs) {
    if (!coordinators.isEmpty()) {
      ask(nowNs);
    } else if (race.size() == 0) {
      end(PunchEnd.NO_COORDINATOR, nowNs);
    } else {
      attempts = settings.attempts() - 1;
      offered(nowNs, nowNs);
    }
  }

  private void ask(long nowNs) {
    C next = coordinators.get((attempts + refusals) % coordinators.size());
    asked = next;
    answered = false;
    againNs = Long.MAX_VALUE;
    output.ask(next, attempts, nowNs);
  }

  /** The coordinator has been asked; both ends fire at this moment. */
  public void offered(long fireAtNs, long nowNs) {
    if (over || answered) {
      return;
    }
    answered = true;
    attempts++;
    againNs = fireAtNs + settings.patienceNs();
    race.again(fireAtNs, false);
    race.onTimer(nowNs);
  }

  /** The coordinator cannot be asked: the next one is. */
  public void refused(long nowNs) {
    if (over || answered) {
      return;
    }
    refusals++;
    if (refusals >= coordinators.size()) {
      end(attempts == 0 ? PunchEnd.NO_COORDINATOR : PunchEnd.MISSED, nowNs);
    } else {
      ask(nowNs);
    }
  }

  /**
   * The other end may be here.
   *
   * @return whether that is news
   */
  public boolean add(Candidate candidate, long nowNs) {
    return !over && race.add(candidate, nowNs);
  }

  /** Who has been asked last; {@code null} if nobody or if all is over. */
  public @Nullable C asked() {
    return over ? null : asked;
  }

  /** Whether it has ended. */
  public boolean isOver() {
    return over;
  }

  /** The other end is met, whoever of both opened the session. */
  public void met(long nowNs) {
    end(PunchEnd.MET, nowNs);
  }

  /** Nobody wants it any more. */
  public void cancel(long nowNs) {
    end(PunchEnd.CANCELLED, nowNs);
  }

  private void end(PunchEnd end, long nowNs) {
    if (!over) {
      over = true;
      race.end();
      output.over(end, nowNs);
    }
  }

  /** The time that {@link #nextDeadlineNs} said has come. */
  public void onTimer(long nowNs) {
    race.onTimer(nowNs);
    if (over || againNs == Long.MAX_VALUE || nowNs - againNs < 0) {
      return;
    }
    againNs = Long.MAX_VALUE;
    if (attempts < settings.attempts()) {
      ask(nowNs);
    } else {
      end(PunchEnd.MISSED, nowNs);
    }
  }

  /** When {@link #onTimer} is due; {@link Long#MAX_VALUE} when it is over. */
  public long nextDeadlineNs() {
    return over ? Long.MAX_VALUE : Math.min(Math.min(race.nextDeadlineNs(), againNs), deadlineNs);
  }
}
