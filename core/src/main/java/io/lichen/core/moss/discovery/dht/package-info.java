// SPDX-License-Identifier: Apache-2.0
/**
 * The mainline DHT (BEP 5), in which the nodes of a mesh find each other under its info hash
 * (docs/wire/moss-discovery.md, "DHT"): an engine without socket, clock and thread, and the socket
 * for it.
 */
@NullMarked
package io.lichen.core.moss.discovery.dht;

import org.jspecify.annotations.NullMarked;
