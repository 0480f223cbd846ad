// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import java.io.IOException;
import java.util.Optional;

/** A log in memory: nothing is kept. */
final class MemoryStore implements LogStore {
  @Override
  public Opened open() throws IOException {
    return new Opened(Generation.inMemory(), 0, false);
  }

  @Override
  public Generation begin(Generation before) throws IOException {
    return Generation.inMemory();
  }

  @Override
  public void commit(Generation next) {}

  @Override
  public void requireThere(Generation live) {}

  @Override
  public void sweep(Generation live) {}

  @Override
  public void noteNextSeq(long seq) {}

  @Override
  public void forceNextSeq(long seq) {}

  @Override
  public Optional<byte[]> readTerms() {
    return Optional.empty();
  }

  @Override
  public void writeTerms(byte[] terms) {}

  @Override
  public long boot() {
    return 0;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public void close() {}
}
