// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.moss;

/**
 * A message as clients get it.
 *
 * @param seq its number on the channel, from 1 on
 * @param timeMs when it came, Unix time in milliseconds
 * @param sender 32 bytes of its claimed publisher; zeros if it named none
 */
@SuppressWarnings("ArrayRecordComponent")
record ChannelMessage(String channel, long seq, long timeMs, byte[] sender, byte[] data) {}
