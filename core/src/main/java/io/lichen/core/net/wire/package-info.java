// SPDX-License-Identifier: Apache-2.0
/**
 * What nodes of the Net wire say about themselves and about routes: pingwaves, withdrawals,
 * capability announcements; and the two encodings that carry the rest, postcard and event meta.
 */
@NullMarked
package io.lichen.core.net.wire;

import org.jspecify.annotations.NullMarked;
