// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.Endpoint;

/**
 * A node of the DHT.
 *
 * @param id where it lies, as far as it or somebody else says
 * @param endpoint where it listens
 */
public record Contact(NodeId id, Endpoint endpoint) {}
