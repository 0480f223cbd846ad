// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.entity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lichen.crypto.Blake2s;
import io.lichen.crypto.CryptoException;
import io.lichen.crypto.Ed25519;
import io.lichen.crypto.identity.KeyStore;
import io.lichen.crypto.identity.StoredKeys;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * The Ed25519 key pair of an entity of the Net wire, and the X25519 key that its node shakes hands
 * with (docs/wire/net-identity.md, "Three keys").
 *
 * <p>Immutable and thread-safe.
 */
public final class EntityKeyPair {
  private static final byte[] STATIC_KEY_LABEL = "lichen-net-static-key-v1".getBytes(US_ASCII);

  private final byte[] seed;
  private final byte[] publicKey;
  private final EntityId id;

  private EntityKeyPair(byte[] seed) {
    this.seed = seed;
    this.publicKey = Ed25519.publicKey(seed);
    this.id = EntityId.of(publicKey);
  }

  /** Draws a key pair whose node id {@linkplain NodeIds#isDistinct is distinct} from packets. */
  public static EntityKeyPair generate(RandomGenerator random) {
    EntityKeyPair drawn;
    do {
      byte[] seed = new byte[Ed25519.SEED_BYTES];
      random.nextBytes(seed);
      drawn = new EntityKeyPair(seed);
    } while (!NodeIds.isDistinct(drawn.id.nodeId()));
    return drawn;
  }

  /**
   * The key pair of a seed, whatever its node id.
   *
   * @throws IllegalArgumentException if the seed is not 32 octets long
   */
  public static EntityKeyPair ofSeed(byte[] seed) {
    return new EntityKeyPair(seed.clone());
  }

  /**
   * The key pair that a store holds, or a new one, stored before it is returned. Of several callers
   * at once that find nothing, all get the one that was stored first.
   *
   * @throws CryptoException if the store fails or holds something else, which is left untouched
   */
  public static EntityKeyPair loadOrCreate(KeyStore store, SecureRandom random) {
    return StoredKeys.loadOrCreate(
        store,
        "an entity key",
        blob -> ofSeed(EntityKeyBlob.decode(blob)),
        () -> generate(random),
        EntityKeyPair::encode);
  }

  /** The 80-octet key-store blob; it holds the seed. */
  public byte[] encode() {
    return EntityKeyBlob.encode(seed, publicKey);
  }

  /** The entity's name: the public key. */
  public EntityId id() {
    return id;
  }

  /** A copy of the 32-octet seed. */
  public byte[] seed() {
    return seed.clone();
  }

  /**
   * The 32-octet X25519 private key of this entity's node: the same for the same seed, so that a
   * node that starts again is the responder that its peers know (docs/wire/net-identity.md, "Static
   * key"). Whoever learns it learns nothing of the seed.
   */
  public byte[] staticKey() {
    return Blake2s.keyedHash(seed, STATIC_KEY_LABEL);
  }

  /** The 64-octet signature over the message; the same message always gives the same one. */
  public byte[] sign(byte[] message) {
    return Ed25519.sign(seed, publicKey, message);
  }

  /** Names the entity; the seed is left out. */
  @Override
  public String toString() {
    return "EntityKeyPair[" + id + "]";
  }
}
