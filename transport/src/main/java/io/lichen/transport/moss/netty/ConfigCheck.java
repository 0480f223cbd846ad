// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossTransportConfig;

/** Holds a configuration against the ranges that its documentation gives. */
final class ConfigCheck {
  private static final int PSK_BYTES = 32;
  private static final int PAD_BYTES_MAX = 65_535;

  private ConfigCheck() {}

  /**
   * Refuses a configuration that is out of range.
   *
   * @throws IllegalArgumentException naming the first value that is
   */
  static void check(MossTransportConfig c) {
    byte[] psk = c.sessionPsk();
    require(psk == null || psk.length == PSK_BYTES, "sessionPsk has 32 bytes");
    require(psk == null || c.era() == Era.A, "sessionPsk belongs to era A alone");
    require(c.handshakeTimeout().isPositive(), "handshakeTimeout > 0: " + c.handshakeTimeout());
    require(c.maxMessageBytes() >= 0, "maxMessageBytes >= 0: " + c.maxMessageBytes());
    int pad = c.obfuscationPadBytesMax();
    require(pad >= 0 && pad <= PAD_BYTES_MAX, "0 <= obfuscationPadBytesMax <= 65535: " + pad);
    require(
        c.maxPendingHandshakes() > 0 && c.maxPendingHandshakesPerAddress() > 0,
        "limits on pending handshakes > 0");
    require(
        c.highWaterBytes() > 0 && c.maxQueuedBytes() >= c.highWaterBytes(),
        "0 < highWaterBytes <= maxQueuedBytes: " + c.highWaterBytes() + ", " + c.maxQueuedBytes());
    require(c.eventLoopThreads() > 0, "eventLoopThreads > 0: " + c.eventLoopThreads());
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }
}
