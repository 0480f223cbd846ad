// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.token;

import io.lichen.crypto.entity.EntityId;
import java.util.Set;

/**
 * What a verifier believes.
 *
 * @param roots whose authority a chain may begin with; none means that no chain is good
 * @param floors what is revoked
 * @param skewSecs how far clocks may differ, 0 to {@link #MAX_SKEW_SECS}
 */
public record TokenPolicy(Set<EntityId> roots, RevocationFloors floors, int skewSecs) {
  /** The greatest difference between clocks that may be allowed. */
  public static final int MAX_SKEW_SECS = 300;

  /** Checks the skew. */
  public TokenPolicy {
    if (skewSecs < 0 || skewSecs > MAX_SKEW_SECS) {
      throw new IllegalArgumentException(
          "a clock skew lies in 0.." + MAX_SKEW_SECS + " seconds, not " + skewSecs);
    }
    roots = Set.copyOf(roots);
  }
}
