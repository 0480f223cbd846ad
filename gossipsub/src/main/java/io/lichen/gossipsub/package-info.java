// SPDX-License-Identifier: Apache-2.0
/** The GossipSub engine. */
@NullMarked
package io.lichen.gossipsub;

import org.jspecify.annotations.NullMarked;
