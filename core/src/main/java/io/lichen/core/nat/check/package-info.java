// SPDX-License-Identifier: Apache-2.0
/** Tells a person what this machine is behind, and what can be done about it (docs/nat.md). */
@NullMarked
package io.lichen.core.nat.check;

import org.jspecify.annotations.NullMarked;
