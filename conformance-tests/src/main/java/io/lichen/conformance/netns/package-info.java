// SPDX-License-Identifier: Apache-2.0
/**
 * Network namespaces of tests (Linux, root, iproute2): made, entered, and removed, also those that
 * a run left behind that was killed.
 */
@NullMarked
package io.lichen.conformance.netns;

import org.jspecify.annotations.NullMarked;
