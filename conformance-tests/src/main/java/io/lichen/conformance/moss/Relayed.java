// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

/**
 * Data that a peer handed to its application because it came through a relay.
 *
 * @param sender whom the relay named, hex
 * @param data what came
 * @param sealed whether the sender is proven; never of a native
 */
public record Relayed(String sender, byte[] data, boolean sealed) {}
