// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import java.util.concurrent.atomic.LongAdder;

/** What is counted about a node's own profile; docs/metrics.md has the names. Thread-safe. */
public final class NatCounters {
  /** Rounds of STUN in which a server told an address. */
  public final LongAdder stunAnswered = new LongAdder();

  /** Rounds of STUN in which none did. */
  public final LongAdder stunSilent = new LongAdder();

  /** Answers to requests of ours that come from elsewhere than they should, late, or twice. */
  public final LongAdder stunStray = new LongAdder();

  /** Addresses that peers told. */
  public final LongAdder observed = new LongAdder();

  /** Those that cannot be true, or that nobody had asked for. */
  public final LongAdder observedRefused = new LongAdder();

  /** Peers that said they could connect to this node. */
  public final LongAdder attested = new LongAdder();

  /** Peers that said they could not. */
  public final LongAdder denied = new LongAdder();

  /** Words about it that nobody had asked for. */
  public final LongAdder attestedStray = new LongAdder();

  /** Connects tried for peers that asked. */
  public final LongAdder probes = new LongAdder();

  /** Requests for a connect that were not served: another address than the asker's, or too many. */
  public final LongAdder probesRefused = new LongAdder();

  /** Makes them, all zero. */
  public NatCounters() {}
}
