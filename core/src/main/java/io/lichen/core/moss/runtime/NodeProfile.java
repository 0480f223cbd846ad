// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.core.moss.MossConfig;
import io.lichen.core.moss.NatReport;
import io.lichen.core.moss.runtime.nat.NatContext;
import io.lichen.core.moss.runtime.nat.NatCounters;
import io.lichen.core.moss.runtime.nat.NatParts;
import io.lichen.core.moss.runtime.nat.ProfilePart;
import io.lichen.core.moss.runtime.nat.ReachabilityAnswerer;
import io.lichen.core.moss.runtime.nat.ReachabilityPart;
import io.lichen.core.moss.runtime.nat.SupernodePart;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a node is behind, whether it can be reached, and whether it relays for others. */
final class NodeProfile {
  private static final long LEAST_PROBE_MS = 1000;

  private final ProfilePart profile;
  private final SupernodePart supernode;

  /**
   * Makes the parts and adds them to those of the node; before its loop starts.
   *
   * @param advertised where the node says it is
   * @param carried how many sessions it carries for others
   */
  NodeProfile(
      NatContext context,
      NatCounters counters,
      Supplier<String> advertised,
      List<String> staticPeers,
      IntSupplier carried) {
    long probeNs = probeNs(context.config());
    profile = new ProfilePart(context, counters, advertised, staticPeers, probeNs);
    supernode = new SupernodePart(context, advertised, carried);
    NatParts parts = context.parts();
    parts.add(profile);
    parts.add(new ReachabilityPart(context, counters, profile, probeNs));
    parts.add(new ReachabilityAnswerer(context, counters));
    parts.add(supernode);
  }

  /** Between two looks. */
  static long probeNs(MossConfig config) {
    long ms = Math.clamp(config.lichen().natProbeMs(), LEAST_PROBE_MS, Integer.MAX_VALUE);
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }

  /** The machine's place in the network has changed; any thread. */
  void reprobe() {
    profile.reprobe();
  }

  /** A gateway has opened the node's port, or none has it open any more; any thread. */
  void gateway(@Nullable InetSocketAddress external) {
    profile.gateway(external);
  }

  /** Whether the node relays for others; any thread. */
  boolean isSupernode() {
    return supernode.isActive();
  }

  /** What is known; the node's loop only. */
  NatReport report() {
    return profile.report(supernode.isActive());
  }
}
