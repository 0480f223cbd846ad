// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import java.time.Duration;

/** How the time of a dial is shared between IK and the XX that follows if IK fails. */
final class IkFallback {
  private IkFallback() {}

  /**
   * The first part of the time, for IK. A responder whose key has changed answers IK with silence
   * over UDP, so that without a share of its own XX would never be tried.
   */
  static long shareNs(Duration timeout) {
    return timeout.toNanos() * 2 / 5;
  }
}
