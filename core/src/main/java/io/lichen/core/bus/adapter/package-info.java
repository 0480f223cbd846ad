// SPDX-License-Identifier: Apache-2.0
/** The adapters that come with the bus. */
@NullMarked
package io.lichen.core.bus.adapter;

import org.jspecify.annotations.NullMarked;
