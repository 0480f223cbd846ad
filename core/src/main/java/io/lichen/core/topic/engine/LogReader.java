// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import io.lichen.core.topic.TopicMessage;
import io.lichen.core.topic.TopicReader;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.RedexTail;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a topic out of its log. Not thread-safe, but for {@link #close}. */
final class LogReader implements TopicReader {
  private final RedexTail tail;

  LogReader(RedexTail tail) {
    this.tail = tail;
  }

  /** The number of the first record that was appended at this time or later, or of the next one. */
  static long firstSince(RedexFile log, long unixNs) {
    long low = log.firstSeq().orElseGet(log::nextSeq);
    long high = log.nextSeq();
    while (low < high) {
      long middle = low + (high - low) / 2;
      List<RedexRecord> found = log.readRange(middle, high, 1, 0);
      if (found.isEmpty() || found.getFirst().unixNs() >= unixNs) {
        high = middle;
      } else {
        low = found.getFirst().seq() + 1;
      }
    }
    return low;
  }

  @Override
  public @Nullable TopicMessage next(Duration timeout) throws InterruptedException {
    long endNs = System.nanoTime() + timeout.toNanos();
    Duration left = timeout;
    while (true) {
      RedexRecord record = tail.next(left);
      if (record == null) {
        return null;
      }
      Optional<TopicMessage> message = TopicMessage.of(record);
      if (message.isPresent()) {
        return message.get();
      }
      left = Duration.ofNanos(Math.max(0, endNs - System.nanoTime()));
    }
  }

  @Override
  public long offset() {
    return tail.position();
  }

  @Override
  public long lag() {
    return tail.lag();
  }

  @Override
  public boolean isAtEnd() {
    return tail.isAtEnd();
  }

  @Override
  public void close() {
    tail.close();
  }
}
