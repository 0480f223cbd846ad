// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.relay;

/**
 * One end of a session through a relay.
 *
 * @param name given by whoever asked for it
 * @param via the relay
 * @param remote the other end
 * @param initiator whether this node asked for it
 * @param <P> names a peer
 */
public record RelaySession<P>(String name, P via, P remote, boolean initiator) {}
