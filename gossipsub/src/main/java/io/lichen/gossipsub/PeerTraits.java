// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import org.jspecify.annotations.Nullable;

/**
 * What the host knows about a peer when its session is up. Immutable.
 *
 * @param outbound whether we dialled it
 * @param direct whether the operator vouches for it: always a mesh member of the topics that it is
 *     on, whatever the mesh's size, and never below the score 0
 * @param addressGroup where it is, as {@link AddressGroup} gives it, or null for a place that does
 *     not tell peers apart
 */
public record PeerTraits(boolean outbound, boolean direct, @Nullable String addressGroup) {
  /** An ordinary peer at an unknown place. */
  public static PeerTraits of(boolean outbound) {
    return new PeerTraits(outbound, false, null);
  }
}
