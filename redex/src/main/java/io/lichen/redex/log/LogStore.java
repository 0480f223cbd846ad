// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import java.io.IOException;
import java.util.Optional;

/** Where a log's generations are: on disk or in memory. Used by one thread at a time. */
interface LogStore {
  /** What there is, recovered. */
  Opened open() throws IOException;

  /** An empty generation that comes after another one, not live yet. */
  Generation begin(Generation before) throws IOException;

  /** Makes a generation the live one, for good. */
  void commit(Generation next) throws IOException;

  /** Fails if the live generation's files are gone: what is written to them then is lost. */
  void requireThere(Generation live) throws IOException;

  /**
   * Removes every generation but the live one; what cannot be removed is left for the next time.
   */
  void sweep(Generation live);

  /** Notes what number comes next; cheap, as it is done with every append. */
  void noteNextSeq(long seq);

  /** Notes what number comes next, for good. */
  void forceNextSeq(long seq) throws IOException;

  /** What replicas have agreed upon; empty if nothing is kept. */
  Optional<byte[]> readTerms() throws IOException;

  /** Keeps what replicas have agreed upon, at once and for good. */
  void writeTerms(byte[] terms) throws IOException;

  /** Tells one start of the machine from another; 0 if that is not known. */
  long boot();

  /** Whether nothing may be appended. */
  boolean isReadOnly();

  /** Makes the log's place on the disk known for good, and lets go of it. */
  void close() throws IOException;

  /**
   * A log that was opened.
   *
   * @param live its generation
   * @param nextSeq the number that comes next
   * @param mustRewrite whether the generation must be written anew before anything is appended
   */
  record Opened(Generation live, long nextSeq, boolean mustRewrite) {}
}
