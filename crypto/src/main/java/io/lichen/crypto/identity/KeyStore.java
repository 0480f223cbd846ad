// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.identity;

import java.util.Optional;

/**
 * A place for one node's identity blob. Called while a node starts, on the starting thread.
 *
 * <p>A store keeps octets and does not judge them; {@link Identities#loadOrCreate} does.
 */
public interface KeyStore {
  /**
   * What is stored, or empty if nothing ever was.
   *
   * @throws io.lichen.crypto.CryptoException if something is there that cannot be read
   */
  Optional<byte[]> load();

  /**
   * Stores the blob in place of what was there.
   *
   * @throws io.lichen.crypto.CryptoException if it cannot be stored; the former content is intact
   */
  void save(byte[] blob);

  /**
   * Stores the blob unless something is stored already. Called after {@link #load} found nothing; a
   * store that several processes share has to decide anew, so that one of them is first.
   *
   * @return whether this blob is stored now; otherwise {@link #load} has what is
   * @throws io.lichen.crypto.CryptoException if it cannot be stored
   */
  default boolean saveNew(byte[] blob) {
    save(blob);
    return true;
  }

  /** What error messages call this store. */
  default String description() {
    return getClass().getSimpleName();
  }
}
