// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.route;

import io.lichen.core.net.wire.PingwaveHealth;

/**
 * What pingwaves tell of a node; nobody has signed it.
 *
 * @param nodeId the node, unsigned
 * @param via the peer that told of it last
 * @param hopCount how often that word had been passed on; 0 is the node's own
 * @param latencyUs smoothed time that its words take to here, as far as the clocks agree, else 0
 * @param loadLevel 0 to 255
 * @param health how it says it is
 * @param capabilityHash informational fold of its capabilities
 * @param capabilityVersion how often it says they changed, unsigned
 * @param profile see {@link io.lichen.core.net.wire.PingwaveProfile}
 */
public record ProximityNode(
    long nodeId,
    long via,
    int hopCount,
    long latencyUs,
    int loadLevel,
    PingwaveHealth health,
    long capabilityHash,
    int capabilityVersion,
    long profile) {}
