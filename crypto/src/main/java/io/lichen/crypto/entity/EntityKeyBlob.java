// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.entity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lichen.crypto.CryptoException;
import io.lichen.crypto.Ed25519;
import java.util.Arrays;

/**
 * An entity's seed as it stands in a key file (docs/wire/net-identity.md, "Key file"). The public
 * key is there so that a damaged seed is noticed: any 32 octets are a seed, but somebody else's.
 */
final class EntityKeyBlob {
  static final int BYTES = 80;

  private static final byte[] FORMAT = "lichen-entity-v1".getBytes(US_ASCII);
  private static final int SEED_OFFSET = 16;
  private static final int PUBLIC_KEY_OFFSET = 48;

  private EntityKeyBlob() {}

  static byte[] encode(byte[] seed, byte[] publicKey) {
    byte[] blob = Arrays.copyOf(FORMAT, BYTES);
    System.arraycopy(seed, 0, blob, SEED_OFFSET, seed.length);
    System.arraycopy(publicKey, 0, blob, PUBLIC_KEY_OFFSET, publicKey.length);
    return blob;
  }

  /** The seed. */
  static byte[] decode(byte[] blob) {
    if (blob.length != BYTES) {
      throw new CryptoException("an entity key has " + BYTES + " octets, not " + blob.length);
    }
    if (!Arrays.equals(blob, 0, SEED_OFFSET, FORMAT, 0, FORMAT.length)) {
      throw new CryptoException("an entity key begins with \"lichen-entity-v1\"");
    }
    byte[] seed = Arrays.copyOfRange(blob, SEED_OFFSET, PUBLIC_KEY_OFFSET);
    byte[] stored = Arrays.copyOfRange(blob, PUBLIC_KEY_OFFSET, BYTES);
    if (!Arrays.equals(Ed25519.publicKey(seed), stored)) {
      throw new CryptoException("the entity key's public key is not its seed's");
    }
    return seed;
  }
}
