// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.check;

import io.lichen.nat.behaviour.Filtering;
import io.lichen.nat.behaviour.Mapping;
import io.lichen.nat.profile.NatType;
import java.util.List;

/**
 * What a machine is behind. Immutable. Texts of addresses are {@code host} or {@code host:port},
 * empty if not known.
 *
 * @param type its name
 * @param mapping when it uses one external address for this machine
 * @param filtering whom it lets in
 * @param carrier whether a provider's NAT, or a second one of any kind, shows
 * @param external where others see this machine
 * @param mapped where a router opened a port for it
 * @param local the addresses of this machine
 * @param routers those that were asked
 * @param tried what was tried, in this order
 * @param advice what can be done, sentences
 */
public record NatFindings(
    NatType type,
    Mapping mapping,
    Filtering filtering,
    boolean carrier,
    String external,
    String mapped,
    List<String> local,
    List<String> routers,
    List<Tried> tried,
    List<String> advice) {
  /** Copies the lists. */
  public NatFindings {
    local = List.copyOf(local);
    routers = List.copyOf(routers);
    tried = List.copyOf(tried);
    advice = List.copyOf(advice);
  }

  /** Whether a method helped. */
  public boolean worked(String method) {
    return tried.stream().anyMatch(each -> each.method().equals(method) && each.worked());
  }
}
