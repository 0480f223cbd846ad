// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import java.util.concurrent.atomic.LongAdder;

/** What a {@link PortMapper} counts. Thread-safe. */
public final class PortMapperCounters {
  /** Searches for a router that opens the port, by their outcome. */
  public final LongAdder found = new LongAdder();

  public final LongAdder notFound = new LongAdder();

  /** Times an open port became another one, or its address did. */
  public final LongAdder changed = new LongAdder();

  /** Times an open port was no longer open. */
  public final LongAdder lost = new LongAdder();

  /** Times a router was found restarted. */
  public final LongAdder restarts = new LongAdder();
}
