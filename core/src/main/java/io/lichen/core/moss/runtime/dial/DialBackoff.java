// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.dial;

/**
 * When a known peer may be dialled again: twice as long after each failure, from a base up to five
 * minutes (docs/wire/moss-mesh.md, "Dialling known peers"). Not thread-safe.
 */
public final class DialBackoff {
  private static final int MAX_DOUBLINGS = 16;
  private static final long MAX_NS = 300_000_000_000L;

  private int failures;
  private boolean dialling;
  private long notBeforeNs;

  /** How long to wait after so many failures in a row. */
  public static long waitNs(long baseNs, int failures) {
    int doublings = Math.clamp(failures, 0, MAX_DOUBLINGS);
    return baseNs > MAX_NS >> doublings ? MAX_NS : baseNs << doublings;
  }

  /** Not to be dialled before this time. */
  public void holdUntil(long timeNs) {
    notBeforeNs = timeNs;
  }

  /** Whether it may be dialled now. */
  boolean isDue(long nowNs) {
    return !dialling && nowNs - notBeforeNs >= 0;
  }

  /** A dial begins. */
  void begun() {
    dialling = true;
  }

  /** A dial has failed. */
  void failed(long baseNs, long nowNs) {
    dialling = false;
    notBeforeNs = nowNs + waitNs(baseNs, failures);
    failures++;
  }

  /** No dial is under way any more; what came of it shows when the session ends. */
  void ended() {
    dialling = false;
  }

  /** A session has lasted: it may be dialled again from this time on. */
  void lasted(long notBeforeNs) {
    failures = 0;
    this.notBeforeNs = notBeforeNs;
  }

  /** Failures in a row. */
  int failures() {
    return failures;
  }
}
