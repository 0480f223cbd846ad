// SPDX-License-Identifier: Apache-2.0
/** The forms in which a log can be followed, each made of a tail. */
@NullMarked
package io.lichen.redex.tail;

import org.jspecify.annotations.NullMarked;
