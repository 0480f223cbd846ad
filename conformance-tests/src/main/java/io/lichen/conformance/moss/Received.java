// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

/**
 * A message that a peer handed to its application.
 *
 * @param room the joined room, empty for the peer's own; a native does not say
 * @param channel its channel
 * @param sender the claimed publisher, hex
 * @param data its payload
 */
public record Received(String room, String channel, String sender, byte[] data) {}
