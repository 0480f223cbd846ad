// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.room;

import io.lichen.crypto.Hkdf;
import io.lichen.crypto.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A room: who holds its key understands its topics and payloads (docs/wire/moss-mesh.md, "Rooms").
 * A clear room changes neither: era A has only such, and era C one without a name.
 *
 * <p>Thread-safe. Ciphers are kept for reuse, as many as threads used them at once, up to a small
 * number.
 */
public final class Room {
  /** Octets that sealing adds: a nonce before, a tag behind. */
  public static final int SEAL_BYTES = RoomCipher.NONCE_BYTES + RoomCipher.TAG_BYTES;

  private static final int TOPIC_HASH_BYTES = 16;
  private static final int KEY_BYTES = 32;
  private static final byte[] KEY_LABEL = ascii("moss-room-v1");
  private static final byte[] TOPIC_LABEL = ascii("moss-room-topic|");
  private static final Base64.Encoder TOPIC_ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final int KEPT_CIPHERS = 2 * Runtime.getRuntime().availableProcessors();

  private final byte @Nullable [] key;
  private final SecureRandom random;
  private final BlockingQueue<RoomCipher> ciphers = new ArrayBlockingQueue<>(KEPT_CIPHERS);

  private Room(byte @Nullable [] key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /** A room in which topics are channels and payloads are plain. */
  public static Room clear() {
    return new Room(null, new SecureRandom());
  }

  /**
   * The room of this name in era C; the clear one if the name is empty.
   *
   * @param meshId its name
   * @param psk its secret of any length; null or empty for a room whose key anybody can derive who
   *     knows the name
   * @param random where nonces come from; thread-safe
   */
  public static Room of(String meshId, byte @Nullable [] psk, SecureRandom random) {
    if (meshId.isEmpty()) {
      return new Room(null, random);
    }
    byte[] secret = psk != null && psk.length > 0 ? psk : utf8("room:" + meshId);
    return new Room(Hkdf.sha256(secret, utf8(meshId), KEY_LABEL, KEY_BYTES), random);
  }

  /** Whether payloads are sealed and topics opaque. */
  public boolean isSealed() {
    return key != null;
  }

  /** How many octets {@link #seal} adds. */
  public int overheadBytes() {
    return key == null ? 0 : SEAL_BYTES;
  }

  /** The name under which the mesh knows a channel of this room. */
  public String topic(String channel) {
    if (key == null) {
      return channel;
    }
    byte[] hash = Hmac.sha256(key, TOPIC_LABEL, utf8(channel));
    return TOPIC_ENCODER.encodeToString(Arrays.copyOf(hash, TOPIC_HASH_BYTES));
  }

  /** The payload as on the wire: the plaintext itself in a clear room. */
  public byte[] seal(byte[] plaintext) {
    if (key == null) {
      return plaintext;
    }
    RoomCipher cipher = borrow(key);
    byte[] sealed = cipher.seal(plaintext);
    giveBack(cipher);
    return sealed;
  }

  /** Like {@link #seal} under a given nonce of 12 octets, for comparison with known results. */
  public byte[] seal(byte[] plaintext, byte[] nonce) {
    return key == null ? plaintext : new RoomCipher(key, random).seal(plaintext, nonce);
  }

  /** The plaintext of a payload; empty if whoever sealed it did not hold this room's key. */
  public Optional<byte[]> open(byte[] payload) {
    if (key == null) {
      return Optional.of(payload);
    }
    RoomCipher cipher = borrow(key);
    byte[] plaintext = cipher.open(payload);
    giveBack(cipher);
    return Optional.ofNullable(plaintext);
  }

  /** The key, a copy; empty for a clear room. */
  public Optional<byte[]> key() {
    return Optional.ofNullable(key).map(byte[]::clone);
  }

  private RoomCipher borrow(byte[] roomKey) {
    RoomCipher kept = ciphers.poll();
    return kept != null ? kept : new RoomCipher(roomKey, random);
  }

  private void giveBack(RoomCipher cipher) {
    // When more threads than that seal at once, a surplus cipher is left to the collector.
    ciphers.offer(cipher);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
