// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Relayed sessions whose peers have direct ones now: each is kept until nothing has come or gone
 * for a second, so that what is under way arrives (docs/wire/moss-nat.md, "From a relay to a direct
 * path"). The node's loop only.
 */
final class RelayMigrations {
  /** How long nothing must move. */
  static final long QUIET_NS = 1_000_000_000L;

  /** How long it may take at most, whatever the other end still sends. */
  static final long LIMIT_NS = 30_000_000_000L;

  private record Leaving(RelayedSession session, long sinceNs) {}

  private final List<Leaving> leaving = new ArrayList<>();
  private final Consumer<RelayedSession> done;

  /**
   * Makes one.
   *
   * @param done is given each session that may be closed
   */
  RelayMigrations(Consumer<RelayedSession> done) {
    this.done = done;
  }

  /** A direct session has taken a relayed one's place. */
  void begin(RelayedSession session, long nowNs) {
    leaving.add(new Leaving(session, nowNs));
  }

  /** Whether any is under way. */
  boolean isEmpty() {
    return leaving.isEmpty();
  }

  /** Looks which ones have ended. */
  void tick(long nowNs) {
    for (Leaving each : List.copyOf(leaving)) {
      if (isOver(each, nowNs)) {
        leaving.remove(each);
        done.accept(each.session());
      }
    }
  }

  private static boolean isOver(Leaving each, long nowNs) {
    long quietSinceNs = Math.max(each.sinceNs(), each.session().lastActivityNs());
    boolean quiet = each.session().isQuiet() && nowNs - quietSinceNs >= QUIET_NS;
    return quiet || nowNs - each.sinceNs() >= LIMIT_NS;
  }
}
