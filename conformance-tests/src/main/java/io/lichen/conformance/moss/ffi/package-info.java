// SPDX-License-Identifier: Apache-2.0
/**
 * The C functions of libmoss through the Foreign Function and Memory API. One library a process:
 * two Go runtimes in one would fight over signals.
 */
@NullMarked
package io.lichen.conformance.moss.ffi;

import org.jspecify.annotations.NullMarked;
