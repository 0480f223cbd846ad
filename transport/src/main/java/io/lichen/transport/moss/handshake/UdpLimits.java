// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

import io.lichen.transport.rate.Places;

/**
 * Bounds on handshakes of strangers over UDP.
 *
 * @param maxPending handshakes under way, over all addresses
 * @param maxPendingPerAddress the same for one place (see {@link Places})
 * @param pendingNs how long a handshake that was answered is remembered
 */
public record UdpLimits(int maxPending, int maxPendingPerAddress, long pendingNs) {}
