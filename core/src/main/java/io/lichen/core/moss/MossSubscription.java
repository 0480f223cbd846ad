// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

/** What somebody is told until it is closed. Thread-safe. */
@FunctionalInterface
public interface MossSubscription extends AutoCloseable {
  /** Ends it; idempotent. A call of the listener that is under way may still go on. */
  @Override
  void close();
}
