// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

/**
 * A message that a peer handed to its application.
 *
 * @param channel its channel
 * @param sender the claimed publisher, hex
 * @param data its payload
 */
public record Received(String channel, String sender, byte[] data) {}
