// SPDX-License-Identifier: Apache-2.0
/** Reads the configuration of a Net node. */
@NullMarked
package io.lichen.core.net.config;

import org.jspecify.annotations.NullMarked;
