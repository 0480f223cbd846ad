// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import org.jspecify.annotations.Nullable;

/**
 * An event that came in.
 *
 * @param peer who sent it
 * @param streamId the stream on which it came
 * @param channel the channel, if it was published on one to which this node subscribed at that peer
 * @param sequence the number of its packet in the stream, from 0
 * @param index its place in the packet, from 0
 * @param originHash the publisher's origin hash; 0 if it was not published
 * @param data its bytes; the receiver's own
 */
public record NetEvent(
    long peer,
    long streamId,
    @Nullable String channel,
    long sequence,
    int index,
    long originHash,
    byte[] data) {}
