// SPDX-License-Identifier: Apache-2.0
/** The Net handshake and the keys that follow from it (docs/wire/net-transport.md, "Handshake"). */
@NullMarked
package io.lichen.transport.net.handshake;

import org.jspecify.annotations.NullMarked;
