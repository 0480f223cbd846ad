// SPDX-License-Identifier: Apache-2.0
/**
 * What nodes tell each other of themselves and of others: announcements, statistics, the overlay.
 */
@NullMarked
package io.lichen.core.moss.runtime.exchange;

import org.jspecify.annotations.NullMarked;
