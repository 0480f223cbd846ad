// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.profile;

import io.lichen.nat.behaviour.Mapping;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What several hosts say at about one time, each of which may lie or be mistaken: more than half of
 * them count, and one word for each host. Hosts on this side of a NAT see another address than
 * those beyond, so only those count that see the one that can be dialled from farthest away.
 *
 * @param mapping {@link Mapping#UNKNOWN} if fewer than two hosts say something, or they are of
 *     several minds
 * @param mapped what most say, or the first; {@code null} if nobody says anything
 */
public record Round(Mapping mapping, @Nullable InetSocketAddress mapped) {
  private static final int ENOUGH = 2;

  /** Compares samples that were taken at about one time. */
  public static Round of(List<Sample> samples) {
    Map<Object, InetSocketAddress> byHost = new LinkedHashMap<>();
    AddressRank farthest =
        samples.stream().map(Round::rank).max(Comparator.naturalOrder()).orElse(AddressRank.OTHER);
    samples.stream()
        .filter(each -> rank(each) == farthest)
        .forEach(each -> byHost.putIfAbsent(each.observer(), each.mapped()));
    Map<InetSocketAddress, Integer> votes = new LinkedHashMap<>();
    byHost.values().forEach(mapped -> votes.merge(mapped, 1, Integer::sum));
    if (votes.isEmpty()) {
      return new Round(Mapping.UNKNOWN, null);
    }
    Map.Entry<InetSocketAddress, Integer> most =
        votes.entrySet().stream().reduce((a, b) -> b.getValue() > a.getValue() ? b : a).get();
    return new Round(mapping(byHost.size(), votes.size(), most.getValue()), most.getKey());
  }

  private static AddressRank rank(Sample sample) {
    return AddressRank.of(sample.mapped().getAddress());
  }

  private static Mapping mapping(int hosts, int kinds, int most) {
    if (hosts < ENOUGH) {
      return Mapping.UNKNOWN;
    }
    if (2 * most > hosts) {
      return Mapping.ENDPOINT_INDEPENDENT;
    }
    return kinds == hosts ? Mapping.ADDRESS_AND_PORT_DEPENDENT : Mapping.UNKNOWN;
  }
}
