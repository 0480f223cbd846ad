// SPDX-License-Identifier: Apache-2.0
/**
 * What nodes have, told to all by signed announcements, and found again by filters
 * (docs/wire/net-capabilities.md). Engines without sockets and clocks.
 */
@NullMarked
package io.lichen.core.net.capability;

import org.jspecify.annotations.NullMarked;
