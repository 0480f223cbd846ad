// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.profile;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * How one host sees a socket.
 *
 * @param observer the host that says so
 * @param mapped what it sees
 */
public record Sample(InetAddress observer, InetSocketAddress mapped) {}
