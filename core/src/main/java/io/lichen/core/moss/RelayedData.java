// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import io.lichen.crypto.PeerId;

/**
 * Data that another node's application has sent through a relay.
 *
 * @param sender who is said to have sent it
 * @param data what came, not to be changed
 * @param sealed whether the sender sealed it for this node, in this session: then it is proven to
 *     be from the sender, whole, read by nobody on the way, and no copy of anything. Otherwise the
 *     relay could have read, changed, repeated or made it up. Natives never seal such data
 */
public record RelayedData(PeerId sender, byte[] data, boolean sealed) {}
