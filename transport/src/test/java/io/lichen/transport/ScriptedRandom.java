// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport;

import java.io.Serial;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/** Draws recorded octets in the order in which the recorded side drew them. */
public final class ScriptedRandom extends SecureRandom {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Deque<byte[]> script = new ArrayDeque<>();

  /** Draws these, in hex. */
  public ScriptedRandom(String... hex) {
    for (String octets : hex) {
      script.add(HexFormat.of().parseHex(octets));
    }
  }

  @Override
  public void nextBytes(byte[] bytes) {
    byte[] next = script.remove();
    System.arraycopy(next, 0, bytes, 0, bytes.length);
  }
}
