// SPDX-License-Identifier: Apache-2.0
/**
 * GossipSub engines on a simulated network: {@link io.lichen.testkit.gossipsub.GossipWorld} builds
 * nodes and links and publishes, {@link io.lichen.testkit.gossipsub.GossipNode} runs a real engine,
 * {@link io.lichen.testkit.gossipsub.HostileNode} attacks, and {@link
 * io.lichen.testkit.gossipsub.DeliveryReport} and {@link io.lichen.testkit.gossipsub.MeshView} tell
 * what came of it.
 */
@NullMarked
package io.lichen.testkit.gossipsub;

import org.jspecify.annotations.NullMarked;
