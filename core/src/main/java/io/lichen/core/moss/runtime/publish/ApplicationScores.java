// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.publish;

import io.lichen.core.moss.ScoringFunction;
import io.lichen.core.work.CallbackScope;
import io.lichen.core.work.SerialRunner;
import io.lichen.crypto.PeerId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The application's opinion of peers. The engine goes by what the application answered last; it is
 * asked off the node's loop, for a new peer at once and then every heartbeat. So a slow function
 * makes answers old, and never the loop slow.
 */
public final class ApplicationScores {
  /** Peers with an opinion; the scores of more are the engine's own. */
  static final int MAX_PEERS = 4096;

  /** An opinion that the engine did not ask for during so many heartbeats is forgotten. */
  private static final int UNUSED_HEARTBEATS = 4;

  /** Base and answer are passed between the loop and the worker; the rest is the loop's. */
  private static final class Opinion {
    volatile double base;
    volatile double answer = Double.NaN;
    volatile boolean due = true;
    volatile boolean asked;
    int unused;
  }

  private final Map<PeerId, Opinion> opinions = new ConcurrentHashMap<>();
  private final CallbackScope scope;
  private final SerialRunner worker;
  private volatile @Nullable ScoringFunction function;

  /**
   * Makes one without a function.
   *
   * @param executor whose threads may be blocked
   */
  public ApplicationScores(Executor executor, CallbackScope scope) {
    this.scope = scope;
    this.worker = new SerialRunner(executor, this::askWhereDue);
  }

  /** Sets who decides, or that nobody does; any thread. Earlier answers no longer count. */
  public void function(@Nullable ScoringFunction newFunction) {
    function = newFunction;
    opinions.clear();
  }

  /** The score that counts now; the node's loop only. */
  double score(PeerId peer, double base) {
    if (function == null) {
      return base;
    }
    Opinion opinion = opinions.get(peer);
    if (opinion == null) {
      meet(peer, base);
      return base;
    }
    opinion.base = base;
    opinion.unused = 0;
    double answer = opinion.answer;
    return Double.isNaN(answer) ? base : answer;
  }

  /** Whether the application has not yet said what it thinks of a peer; the node's loop only. */
  public boolean isAwaited(PeerId peer) {
    Opinion opinion = opinions.get(peer);
    return function != null && opinion != null && !opinion.asked;
  }

  /** Has the application asked anew about everyone; the node's loop only. */
  public void heartbeat() {
    if (function == null) {
      return;
    }
    opinions.values().removeIf(opinion -> ++opinion.unused > UNUSED_HEARTBEATS);
    opinions.values().forEach(opinion -> opinion.due = true);
    worker.request();
  }

  private void meet(PeerId peer, double base) {
    if (opinions.size() < MAX_PEERS) {
      Opinion opinion = new Opinion();
      opinion.base = base;
      opinions.put(peer, opinion);
      worker.request();
    }
  }

  private void askWhereDue() {
    opinions.forEach(
        (peer, opinion) -> {
          ScoringFunction asked = function;
          if (asked != null && opinion.due) {
            opinion.due = false;
            opinion.answer = ask(asked, peer, opinion.base);
            opinion.asked = true;
          }
        });
  }

  /** The answer, NaN if none came; as long as the function thinks, its last answer counts. */
  private double ask(ScoringFunction asked, PeerId peer, double base) {
    double[] answer = {Double.NaN};
    scope.call("scoring", about -> answer[0] = asked.score(about, base), peer);
    return answer[0];
  }
}
