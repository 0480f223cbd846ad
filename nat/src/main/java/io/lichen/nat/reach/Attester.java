// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.reach;

import java.net.InetAddress;

/**
 * A peer that may try to connect to this node.
 *
 * @param peer who it is
 * @param host where it is: peers at one host have one word together
 */
public record Attester<P>(P peer, InetAddress host) {}
