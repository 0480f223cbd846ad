// SPDX-License-Identifier: Apache-2.0
/** The command that says what this machine is behind. */
@NullMarked
package io.lichen.node.nat;

import org.jspecify.annotations.NullMarked;
