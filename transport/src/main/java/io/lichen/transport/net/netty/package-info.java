// SPDX-License-Identifier: Apache-2.0
/** The UDP socket of a Net node: a Netty channel around the engine of the neighbouring packages. */
@NullMarked
package io.lichen.transport.net.netty;

import org.jspecify.annotations.NullMarked;
