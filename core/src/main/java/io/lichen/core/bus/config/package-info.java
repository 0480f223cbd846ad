// SPDX-License-Identifier: Apache-2.0
/** Reads configurations of the event bus. */
@NullMarked
package io.lichen.core.bus.config;

import org.jspecify.annotations.NullMarked;
