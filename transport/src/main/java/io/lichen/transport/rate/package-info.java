// SPDX-License-Identifier: Apache-2.0
/** How much strangers may ask of a node, whatever the wire. */
@NullMarked
package io.lichen.transport.rate;

import org.jspecify.annotations.NullMarked;
