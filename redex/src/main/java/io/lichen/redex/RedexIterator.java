// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Follows a log as an iterator that waits: {@link #hasNext} blocks until something comes, and is
 * false once the log is closed and everything was read, or this is closed. Both methods throw
 * {@link RedexException} as reading does, and {@link java.util.concurrent.CancellationException} if
 * the thread is interrupted, which stays interrupted. To be used by one thread at a time; {@link
 * #close} and {@link RedexProgress} are thread-safe.
 */
public interface RedexIterator extends Iterator<RedexItem>, RedexProgress, AutoCloseable {
  /** The same as a stream, sequential and without end while the log is open. It closes this. */
  default Stream<RedexItem> stream() {
    int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, traits), false)
        .onClose(this::close);
  }

  /** Ends it; a thread that waits in {@link #hasNext} returns. */
  @Override
  void close();
}
