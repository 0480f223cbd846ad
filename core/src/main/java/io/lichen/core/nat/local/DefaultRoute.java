// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.local;

import java.net.InetAddress;

/**
 * A way to everywhere.
 *
 * @param interfaceName over which interface
 * @param gateway through which router
 * @param metric of several the smallest is taken
 */
public record DefaultRoute(String interfaceName, InetAddress gateway, long metric) {}
