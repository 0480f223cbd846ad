// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * The latest first messages that were authentic, by their ephemeral key: one that comes again is a
 * copy, by the network or by somebody who wants a session replaced. On the loop.
 */
final class SeenEphemerals {
  /** Remembered messages; the oldest gives way. */
  static final int MAX = 16_384;

  private final SequencedSet<Long> marks = new LinkedHashSet<>();

  boolean contains(long mark) {
    return marks.contains(mark);
  }

  void add(long mark) {
    marks.add(mark);
    if (marks.size() > MAX) {
      marks.removeFirst();
    }
  }
}
