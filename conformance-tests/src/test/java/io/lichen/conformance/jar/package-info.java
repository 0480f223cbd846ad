// SPDX-License-Identifier: Apache-2.0
/** The runnable jar, as it is handed out. */
@NullMarked
package io.lichen.conformance.jar;

import org.jspecify.annotations.NullMarked;
