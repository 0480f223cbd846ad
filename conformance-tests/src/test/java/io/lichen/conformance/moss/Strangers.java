// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import java.util.Arrays;
import java.util.List;

/** Peers that do not belong to a mesh or room with {@link #PSK}. */
final class Strangers {
  static final byte[] PSK = psk(1);

  /** A configuration that makes a handshake without an answer end soon. */
  static final String IMPATIENT = "{\"security\":{\"handshake_timeout_sec\":1}}";

  /** The same in another network of era C. */
  static final String OTHER_NETWORK =
      "{\"network_id\":\"other/1\",\"security\":{\"handshake_timeout_sec\":1}}";

  private Strangers() {}

  /** The same peer with another PSK, with none, and with another mesh id. */
  static List<PeerSpec> of(PeerSpec peer) {
    return List.of(peer.withPsk(psk(2)), peer.withPsk(null), peer.withPsk(PSK).withMesh("desert"));
  }

  private static byte[] psk(int seed) {
    byte[] psk = new byte[32];
    Arrays.fill(psk, (byte) seed);
    return psk;
  }
}
