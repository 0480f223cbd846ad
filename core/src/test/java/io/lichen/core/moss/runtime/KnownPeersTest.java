// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.PeerId;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KnownPeersTest {
  private final KnownPeers known = new KnownPeers();

  private static PeerId peer(int number) {
    return PeerId.of(ByteBuffer.allocate(32).putInt(number).array());
  }

  private static byte[] key(int fill) {
    return ByteBuffer.allocate(32).put(31, (byte) fill).array();
  }

  @Test
  void shouldNotLetAnAnnouncementOverrideAHandshake() {
    known.met(peer(1), key(1), "192.0.2.1:1");
    assertTrue(known.knows(peer(1), key(9), "192.0.2.9:9"));
    known.announced(peer(1), key(9), "192.0.2.9:9");
    assertArrayEquals(key(1), known.noiseStatic(peer(1)));
    assertArrayEquals(key(1), known.noiseStaticAt("192.0.2.1:1"));
    assertNull(known.noiseStaticAt("192.0.2.9:9"));
  }

  @Test
  void shouldTakeTheAddressOfAPeerThatCameByItself() {
    known.met(peer(1), key(1), null);
    assertFalse(known.knows(peer(1), key(1), "192.0.2.1:1"));
    known.announced(peer(1), key(1), "192.0.2.1:1");
    assertArrayEquals(key(1), known.noiseStaticAt("192.0.2.1:1"));
  }

  @Test
  void shouldWriteTheLinesOfMeshInfo() {
    known.met(peer(0x22000000), key(1), "192.0.2.2:2");
    known.announced(peer(0x11000000), key(2), "192.0.2.1:1");
    assertEquals(
        List.of("11000000@192.0.2.1:1[known]", "22000000@192.0.2.2:2[direct]"),
        List.copyOf(known.lines(peer(0x22000000)::equals)));
  }

  @Test
  void shouldForgetTheOneNotTouchedForLongest() {
    for (int i = 0; i < KnownPeers.MAX_PEERS; i++) {
      known.announced(peer(i), key(1), "192.0.2.1:" + i);
    }
    known.noiseStatic(peer(0));
    known.announced(peer(-1), key(1), "192.0.2.2:1");
    assertEquals(KnownPeers.MAX_PEERS, known.size());
    assertArrayEquals(key(1), known.noiseStatic(peer(0)));
    assertNull(known.noiseStatic(peer(1)));
  }
}
