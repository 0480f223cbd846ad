// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.token.RevocationFloors;
import io.lichen.crypto.token.TokenPolicy;

/**
 * What a node goes by when it decides about its channels.
 *
 * @param self the node's own entity
 * @param subnet the subnet that the node is in
 * @param registry its channels
 * @param permissive whether channels that are not registered are open to all; otherwise they are
 *     unknown
 * @param floors which tokens are revoked
 * @param skewSecs how far clocks may differ, 0 to 300
 */
public record ChannelPolicy(
    EntityId self,
    SubnetId subnet,
    ChannelRegistry registry,
    boolean permissive,
    RevocationFloors floors,
    int skewSecs) {
  /** What is believed of tokens for a channel. */
  public TokenPolicy tokens(ChannelConfig config) {
    return new TokenPolicy(config.tokenRoots(), floors, skewSecs);
  }
}
