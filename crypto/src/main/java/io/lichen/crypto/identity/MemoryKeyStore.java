// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the blob as long as the object lives. Thread-safe. */
public final class MemoryKeyStore implements KeyStore {
  private byte @Nullable [] blob;

  /** An empty store. */
  public MemoryKeyStore() {}

  @Override
  public synchronized Optional<byte[]> load() {
    return Optional.ofNullable(blob).map(byte[]::clone);
  }

  @Override
  public synchronized void save(byte[] newBlob) {
    blob = newBlob.clone();
  }

  @Override
  public synchronized boolean saveNew(byte[] newBlob) {
    if (blob != null) {
      return false;
    }
    save(newBlob);
    return true;
  }

  @Override
  public String description() {
    return "the key store in memory";
  }
}
