// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.relay;

/**
 * What a relay looks at in a message.
 *
 * @param sender whose session brought it
 * @param source whom it names as its source
 * @param target whom it is for
 * @param session the session's name
 * @param bytesIn its length as it came
 * @param bytesOut its length as it would go out
 * @param <P> names a peer
 */
public record RelayMessage<P>(
    P sender, P source, P target, String session, int bytesIn, int bytesOut) {}
