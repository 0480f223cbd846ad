// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The state of every kind that is known. */
public final class KindTable {
  private final Map<String, KindState> states = new HashMap<>();

  /** Declares that a kind is answered. */
  public KindTable run(String format, String kind, VectorCheck check) {
    return put(format, kind, new KindState.Run(check));
  }

  /** Declares that kinds are the work of a later step. */
  public KindTable later(String format, String step, String... kinds) {
    for (String kind : kinds) {
      put(format, kind, new KindState.Later(step));
    }
    return this;
  }

  /** Declares that a kind will not be answered. */
  public KindTable never(String format, String kind, String reason) {
    return put(format, kind, new KindState.Never(reason));
  }

  /** The state of a vector's kind; empty if nobody declared one. */
  public Optional<KindState> state(Vector vector) {
    return Optional.ofNullable(states.get(vector.qualifiedKind()));
  }

  private KindTable put(String format, String kind, KindState state) {
    if (states.put(format + "/" + kind, state) != null) {
      throw new IllegalArgumentException("the state of kind " + kind + " is declared twice");
    }
    return this;
  }
}
