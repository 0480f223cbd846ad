// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

/**
 * What a node wants in the DHT.
 *
 * @param infoHash under which it looks for peers and announces itself
 * @param port where it listens as a peer, 1 to 65535
 * @param intervalNs between two searches with announces
 * @param readOnly whether it leaves others' questions unanswered (BEP 43)
 */
public record DhtSettings(NodeId infoHash, int port, long intervalNs, boolean readOnly) {}
