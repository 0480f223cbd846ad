// SPDX-License-Identifier: Apache-2.0
/** The command line, as a user meets it. */
@NullMarked
package io.lichen.node;

import org.jspecify.annotations.NullMarked;
