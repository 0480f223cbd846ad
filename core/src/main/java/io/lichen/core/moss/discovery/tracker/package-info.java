// SPDX-License-Identifier: Apache-2.0
/** Announces to HTTP and UDP trackers (BEP 3, BEP 15). */
@NullMarked
package io.lichen.core.moss.discovery.tracker;

import org.jspecify.annotations.NullMarked;
