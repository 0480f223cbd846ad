// SPDX-License-Identifier: Apache-2.0
/** What NATs do to nodes, in network namespaces. */
@NullMarked
package io.lichen.conformance.nat;

import org.jspecify.annotations.NullMarked;
