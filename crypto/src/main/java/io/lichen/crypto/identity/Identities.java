// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.identity;

import io.lichen.crypto.CryptoException;
import java.security.SecureRandom;
import java.util.Optional;

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
    Optional<byte[]> stored = store.load();
    if (stored.isPresent()) {
      return decode(store, stored.get());
    }
    Identity identity = Identity.generate(random);
    return store.saveNew(identity.encode()) ? identity : decode(store, othersIn(store));
  }

  /** Another process was faster: all that share a store are to be one node. */
  private static byte[] othersIn(KeyStore store) {
    return store
        .load()
        .orElseThrow(
            () -> new CryptoException(store.description() + " was emptied while it was filled"));
  }

  private static Identity decode(KeyStore store, byte[] blob) {
    try {
      return Identity.decode(blob);
    } catch (CryptoException e) {
      throw new CryptoException(
          store.description()
              + " does not hold an identity and is left untouched: "
              + e.getMessage()
              + ". Restore it, or move it away to get a new identity.",
          e);
    }
  }
}
