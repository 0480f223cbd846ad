// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

/**
 * When a node's announcement goes out: at once if the last one is old enough, else as soon as it
 * is; again after a while without; and some time after services changed, so that many changes make
 * one announcement. Not thread-safe.
 */
final class AnnounceTimer {
  private static final long NEVER = Long.MAX_VALUE;

  /** The gap before what others wait for. */
  static final long URGENT_GAP_NS = 1_000_000_000L;

  private final AnnouncementSettings settings;
  private boolean isRunning;
  private long sentNs;
  private long refreshNs;
  private boolean isWaiting;
  private boolean isDebouncing;
  private boolean isUrgent;
  private long debounceNs;

  AnnounceTimer(AnnouncementSettings settings) {
    this.settings = settings;
  }

  /** Whether what was just built may go out now; else it will when it may. */
  boolean mayGo(long nowNs) {
    if (isRunning && nowNs - sentNs < gapNs()) {
      isWaiting = true;
      return false;
    }
    return true;
  }

  private long gapNs() {
    return isUrgent ? Math.min(URGENT_GAP_NS, settings.minGapNs()) : settings.minGapNs();
  }

  /** It went out. */
  void gone(long nowNs) {
    isRunning = true;
    isWaiting = false;
    isUrgent = false;
    sentNs = nowNs;
    refreshNs = nowNs + settings.refreshNs();
  }

  /** Services have changed. */
  void changed(long nowNs) {
    if (!isDebouncing) {
      isDebouncing = true;
      debounceNs = nowNs + settings.debounceNs();
    }
  }

  /** Something has changed for which others wait. */
  void urgent(long nowNs) {
    isUrgent = true;
    changed(nowNs);
  }

  /** Whether a new announcement is to be built. */
  boolean isBuildDue(long nowNs) {
    boolean isRefresh = isRunning && nowNs - refreshNs >= 0;
    boolean isChange = isDebouncing && nowNs - debounceNs >= 0;
    isDebouncing = isDebouncing && !isChange;
    return isRefresh || isChange;
  }

  /** Whether what was built before is to go out. */
  boolean isSendDue(long nowNs) {
    return isWaiting && nowNs - sentNs >= gapNs();
  }

  /** When to look again; {@code Long.MAX_VALUE} for never. */
  long nextNs() {
    long next = isRunning ? refreshNs : NEVER;
    next = isWaiting ? earlier(next, sentNs + gapNs()) : next;
    return isDebouncing ? earlier(next, debounceNs) : next;
  }

  private static long earlier(long a, long b) {
    return a == NEVER || b - a < 0 ? b : a;
  }
}
