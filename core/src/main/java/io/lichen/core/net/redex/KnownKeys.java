// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.redex;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import java.util.HashSet;
import java.util.Set;

/** The keys of one object that mean something: each may stand once. */
final class KnownKeys {
  private final Set<String> seen = new HashSet<>();

  /**
   * Notes one.
   *
   * @throws NetException {@link NetError#INVALID_JSON} the second time
   */
  void once(String key) {
    if (!seen.add(key)) {
      throw invalid(key + " stands there twice");
    }
  }

  static NetException invalid(String what) {
    return new NetException(NetError.INVALID_JSON, "configuration of a log: " + what);
  }
}
