// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.nat.path.Openness;
import io.lichen.nat.profile.AddressRank;
import io.lichen.nat.profile.Round;
import io.lichen.nat.profile.Sample;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the answers of one round say (docs/wire/net-nat.md, "What a node is behind").
 *
 * @param openness what it is
 * @param seen where most see this node
 */
record Verdict(Openness openness, InetSocketAddress seen) {
  private static final int ENOUGH = 2;

  /**
   * Compares the answers.
   *
   * @param isBound whether the node's socket has exactly this address
   * @return {@code null} if they do not suffice
   */
  static @Nullable Verdict of(List<Sample> samples, Predicate<InetSocketAddress> isBound) {
    List<Sample> outermost = outermost(samples);
    InetSocketAddress mapped = Round.of(outermost).mapped();
    if (outermost.size() < ENOUGH || mapped == null) {
      return null;
    }
    if (isBound.test(mapped)) {
      return new Verdict(Openness.OPEN, mapped);
    }
    Openness openness = mapping(outermost);
    return openness == Openness.UNKNOWN ? null : new Verdict(openness, mapped);
  }

  /** A peer in this node's own network says nothing of a NAT through which others see it. */
  private static List<Sample> outermost(List<Sample> samples) {
    AddressRank best =
        samples.stream().map(Verdict::rank).max(Comparator.naturalOrder()).orElse(null);
    return samples.stream().filter(each -> rank(each) == best).toList();
  }

  private static AddressRank rank(Sample sample) {
    return AddressRank.of(sample.mapped().getAddress());
  }

  private static Openness mapping(List<Sample> samples) {
    if (samples.stream().map(Sample::observer).distinct().count() < ENOUGH) {
      // Peers on one host: different ports are for sure of different mappings, equal ones may be.
      long ports = samples.stream().map(each -> each.mapped().getPort()).distinct().count();
      return ports == 1 ? Openness.CONE : Openness.SYMMETRIC;
    }
    return switch (Round.of(samples).mapping()) {
      case NONE, ENDPOINT_INDEPENDENT -> Openness.CONE;
      case ADDRESS_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT -> Openness.SYMMETRIC;
      case UNKNOWN -> Openness.UNKNOWN;
    };
  }
}
