// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The requests that wait for an answer: nobody who does not know an id can answer one. */
final class RequestIds {
  private static final int MOST = 256;
  private static final long VALID_NS = 30_000_000_000L;

  private final RandomGenerator random;
  private final Map<Long, Long> askedNs = new LinkedHashMap<>();

  RequestIds(RandomGenerator random) {
    this.random = random;
  }

  long next(long nowNs) {
    long id = random.nextLong();
    askedNs.put(id, nowNs);
    if (askedNs.size() > MOST) {
      Iterator<Long> oldest = askedNs.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return id;
  }

  /** Whether the id is of a request that still waits, which it does no longer. */
  boolean consume(long id, long nowNs) {
    Long asked = askedNs.remove(id);
    return asked != null && nowNs - asked <= VALID_NS;
  }

  void clear() {
    askedNs.clear();
  }
}
