// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From which subnets a channel can be subscribed to (docs/wire/net-channels.md, "Visibility"). What
 * a peer says of its subnet is not proved: this keeps traffic local, it keeps nobody out.
 */
public enum Visibility {
  /** From the publisher's own subnet. */
  SUBNET_LOCAL,
  /** From the publisher's subnet and those it lies in. */
  PARENT_VISIBLE,
  /** From the subnets that the channel names. */
  EXPORTED,
  /** From everywhere. */
  GLOBAL;

  /**
   * Whether a peer sees the channel.
   *
   * @param local the publisher's subnet
   * @param peer the peer's, or null if it said nothing
   * @param targets the subnets to which the channel is exported
   */
  public boolean permits(SubnetId local, @Nullable SubnetId peer, Set<SubnetId> targets) {
    return switch (this) {
      case GLOBAL -> true;
      case SUBNET_LOCAL -> peer == null ? isGlobal(local) : local.equals(peer);
      case PARENT_VISIBLE -> peer == null ? isGlobal(local) : peer.contains(local);
      case EXPORTED -> peer != null && targets.stream().anyMatch(t -> t.contains(peer));
    };
  }

  private static boolean isGlobal(SubnetId subnet) {
    return subnet.equals(SubnetId.GLOBAL);
  }
}
