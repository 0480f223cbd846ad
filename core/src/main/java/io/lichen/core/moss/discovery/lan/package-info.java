// SPDX-License-Identifier: Apache-2.0
/** Beacons in the local network. */
@NullMarked
package io.lichen.core.moss.discovery.lan;

import org.jspecify.annotations.NullMarked;
