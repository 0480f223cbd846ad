// SPDX-License-Identifier: Apache-2.0
/** Proving to a peer which entity holds this end of a session, and asking it of peers. */
@NullMarked
package io.lichen.core.net.channel.proof;

import org.jspecify.annotations.NullMarked;
