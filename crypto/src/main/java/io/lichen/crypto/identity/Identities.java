// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.identity;

import io.lichen.crypto.CryptoException;
import java.security.SecureRandom;

/** Gets a node's identity out of its key store. Stateless and thread-safe. */
public final class Identities {
  private Identities() {}

  /**
   * The stored identity, or a new one, stored before it is returned. Of several callers at once
   * that find nothing, all get the one that was stored first.
   *
   * @throws CryptoException if the store fails, or holds what is not an identity; that content is
   *     left untouched, since it may be the only copy of a damaged key
   */
  public static Identity loadOrCreate(KeyStore store, SecureRandom random) {
    return StoredKeys.loadOrCreate(
        store, "an identity", Identity::decode, () -> Identity.generate(random), Identity::encode);
  }
}
