// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import java.net.InetSocketAddress;

/**
 * A handshake message as it came in; short-lived, its bytes lie in the loop's scratch array.
 *
 * @param from the datagram's source
 * @param source the sender's routing id if it was routed, else 0
 * @param relayed whether it made a hop on the way
 * @param buffer holds the message
 * @param offset where it begins
 * @param length its length in bytes
 */
record HandshakeMessage(
    InetSocketAddress from, int source, boolean relayed, byte[] buffer, int offset, int length) {}
