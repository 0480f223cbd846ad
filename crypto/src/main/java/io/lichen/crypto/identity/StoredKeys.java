// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.identity;

import io.lichen.crypto.CryptoException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Gets keys of any form out of a key store, or puts new ones in. Stateless and thread-safe.
 *
 * <p>What it does not understand it leaves alone, since it may be the only copy of a damaged key.
 */
public final class StoredKeys {
  private StoredKeys() {}

  /**
   * What is stored, or something new, stored before it is returned. Of several callers at once that
   * find nothing, all get what was stored first.
   *
   * @param what names the content in errors, with its article
   * @param decode reads a blob, or throws {@link CryptoException}
   * @param create makes new keys
   * @param encode writes the blob of new keys
   * @throws CryptoException if the store fails, or holds what cannot be decoded
   */
  public static <T> T loadOrCreate(
      KeyStore store,
      String what,
      Function<byte[], T> decode,
      Supplier<T> create,
      Function<T, byte[]> encode) {
    Optional<byte[]> stored = store.load();
    if (stored.isPresent()) {
      return decode(store, what, decode, stored.get());
    }
    T created = create.get();
    return store.saveNew(encode.apply(created))
        ? created
        : decode(store, what, decode, othersIn(store));
  }

  /** Another process was faster: all that share a store are to be one node. */
  private static byte[] othersIn(KeyStore store) {
    return store
        .load()
        .orElseThrow(
            () -> new CryptoException(store.description() + " was emptied while it was filled"));
  }

  private static <T> T decode(
      KeyStore store, String what, Function<byte[], T> decode, byte[] blob) {
    try {
      return decode.apply(blob);
    } catch (CryptoException e) {
      throw new CryptoException(
          store.description()
              + " does not hold "
              + what
              + " and is left untouched: "
              + e.getMessage()
              + ". Restore it, or move it away to get a new one.",
          e);
    }
  }
}
