// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import io.lichen.crypto.ChannelName;
import org.jspecify.annotations.Nullable;

/**
 * That a peer gets what is published on a channel. Immutable.
 *
 * @param channel the channel
 * @param nodeId the peer
 * @param group the queue group in which the peer takes turns, or null if it gets every publish
 * @param right what the peer proved its right by, or null if it needed none
 */
public record Subscription(
    ChannelName channel, long nodeId, @Nullable String group, @Nullable PresentedChain right) {}
