// SPDX-License-Identifier: Apache-2.0
/** The file of addresses that led to peers. */
@NullMarked
package io.lichen.core.moss.discovery.cache;

import org.jspecify.annotations.NullMarked;
