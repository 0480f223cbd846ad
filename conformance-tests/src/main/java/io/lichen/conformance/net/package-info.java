// SPDX-License-Identifier: Apache-2.0
/**
 * Lichen against the real libnet, as its published Python package has it: nodes as child processes
 * that all speak the JSON lines of {@code lichen net --json}, whichever runtime is inside.
 */
@NullMarked
package io.lichen.conformance.net;

import org.jspecify.annotations.NullMarked;
