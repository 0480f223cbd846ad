// SPDX-License-Identifier: Apache-2.0
/** Answers to the recorded vectors of the Net wire: one class for each theme. */
@NullMarked
package io.lichen.conformance.vectors.net;

import org.jspecify.annotations.NullMarked;
