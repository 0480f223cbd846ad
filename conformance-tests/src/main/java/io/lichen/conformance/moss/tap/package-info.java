// SPDX-License-Identifier: Apache-2.0
/** A wire tap between a dialer and a listener: it carries everything and notes the handshakes. */
@NullMarked
package io.lichen.conformance.moss.tap;

import org.jspecify.annotations.NullMarked;
