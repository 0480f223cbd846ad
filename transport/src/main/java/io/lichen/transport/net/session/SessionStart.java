// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.handshake.SessionKeys;
import java.net.InetSocketAddress;

/**
 * What a completed handshake says about the session that begins.
 *
 * @param keys its keys on this side
 * @param peerNodeId who the peer claims to be
 * @param address where packets go
 * @param viaRelay whether in routing headers
 * @param initiator whether this node opened it
 */
record SessionStart(
    SessionKeys keys,
    long peerNodeId,
    InetSocketAddress address,
    boolean viaRelay,
    boolean initiator) {}
