// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.room;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RoomTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] PSK =
      HEX.parseHex("9f0859be5a90dc71ae7fd248daec38abeb18784f5ba8f2482c44f399e58cb414");

  private final SecureRandom random = new SecureRandom();

  /** Recorded from the native. */
  @Test
  void shouldDeriveKeyAndTopicsLikeTheNative() {
    Room open = Room.of("seed-mesh", null, random);
    Room secret = Room.of("seed-mesh", PSK, random);

    assertEquals("1d8200654836bd8a1a9276f4902afef672980d1f3b130fa92b6bfb03fa755464", key(open));
    assertEquals("rhBHSQAbqs3PYtNrirhx_w", open.topic("general"));
    assertEquals("4dbb2948c81c6868a66d4aa76daff6b9b3c94f1e9fb80b9d448fcc60ecb0caf4", key(secret));
    assertEquals("W-H_eP8QEN_u0CH9NzSjUw", secret.topic("general"));
    assertEquals(key(open), key(Room.of("seed-mesh", new byte[0], random)));
  }

  /** Recorded from the native. */
  @Test
  void shouldSealLikeTheNative() {
    byte[] plaintext = "hello public".getBytes(StandardCharsets.US_ASCII);
    byte[] nonce = HEX.parseHex("71323585507f829f55f0bd42");

    byte[] sealed = Room.of("seed-mesh", null, random).seal(plaintext, nonce);

    assertEquals(
        "71323585507f829f55f0bd42913e68bfc3454846974b826120ee6ae18d2a8278eb0e4d09af23a864",
        HEX.formatHex(sealed));
  }

  @Test
  void shouldOpenWhatItSealedAndNothingElse() {
    Room room = Room.of("m", PSK, random);
    byte[] sealed = room.seal(new byte[] {1, 2, 3});

    assertEquals(3 + Room.SEAL_BYTES, sealed.length);
    assertArrayEquals(new byte[] {1, 2, 3}, room.open(sealed).orElseThrow());
    assertTrue(Room.of("m", null, random).open(sealed).isEmpty());
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertTrue(room.open(changed).isEmpty(), "octet " + i);
      assertTrue(room.open(Arrays.copyOf(sealed, i)).isEmpty(), "length " + i);
    }
  }

  @Test
  void shouldSealNothing() {
    Room room = Room.of("m", null, random);

    assertEquals(0, room.open(room.seal(new byte[0])).orElseThrow().length);
  }

  @Test
  void shouldChangeNothingInAClearRoom() {
    byte[] payload = {1, 2};
    for (Room room : List.of(Room.clear(), Room.of("", PSK, random))) {
      assertFalse(room.isSealed());
      assertEquals(0, room.overheadBytes());
      assertEquals("general", room.topic("general"));
      assertSame(payload, room.seal(payload));
      assertSame(payload, room.open(payload).orElseThrow());
    }
  }

  @Test
  void shouldNeverRepeatANonce() throws Exception {
    Room room = Room.of("m", null, random);
    Set<String> nonces = ConcurrentHashMap.newKeySet();
    int threads = 4;
    int seals = 2_000;
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        running.add(
            executor.submit(
                () -> {
                  for (int i = 0; i < seals; i++) {
                    byte[] plaintext = {(byte) i};
                    byte[] sealed = room.seal(plaintext);
                    nonces.add(HEX.formatHex(sealed, 0, 12));
                    assertArrayEquals(plaintext, room.open(sealed).orElseThrow());
                  }
                }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    }

    assertEquals(threads * seals, nonces.size());
  }

  @Test
  void shouldSpreadNoncesOverAllTheirBits() {
    Room room = Room.of("m", null, random);
    Set<Byte> firstOctets = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      firstOctets.add(room.seal(new byte[0])[0]);
    }

    assertTrue(firstOctets.size() > 200, firstOctets.size() + " different first octets");
  }

  private static String key(Room room) {
    return HEX.formatHex(room.key().orElseThrow());
  }
}
