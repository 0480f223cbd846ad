// SPDX-License-Identifier: Apache-2.0
/** Logs of a Net node: their configuration and records as upstream's JSON, and its codes. */
@NullMarked
package io.lichen.core.net.redex;

import org.jspecify.annotations.NullMarked;
