// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import java.io.Serial;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/** Gives out recorded octets in their order, so that a recorded handshake comes out the same. */
public final class ScriptedRandom extends SecureRandom {
  @Serial private static final long serialVersionUID = 1L;

  private final byte[][] script;
  private int next;

  /** Gives these out, each to a request of its length. */
  public ScriptedRandom(List<byte[]> script) {
    this.script = script.toArray(byte[][]::new);
  }

  @Override
  public synchronized void nextBytes(byte[] bytes) {
    // The superclass's constructor may seed itself before there is a script.
    if (next >= script.length || script[next].length != bytes.length) {
      throw new IllegalStateException(
          "nobody recorded " + bytes.length + " random octets as number " + (next + 1));
    }
    System.arraycopy(script[next++], 0, bytes, 0, bytes.length);
  }

  @Override
  public String toString() {
    return "ScriptedRandom" + Arrays.deepToString(script);
  }
}
