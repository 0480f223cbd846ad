// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

/**
 * Whether what a node announced of itself is enough for a channel. Called on the node's loop; must
 * not block.
 */
@FunctionalInterface
public interface CapabilityGate {
  /** Lets every node pass. */
  CapabilityGate OPEN = nodeId -> true;

  /** Whether this node passes with what is known of it now. */
  boolean admits(long nodeId);
}
