// SPDX-License-Identifier: Apache-2.0
/** Topologies inside of a container, where Docker is there. */
@NullMarked
package io.lichen.conformance.nat.container;

import org.jspecify.annotations.NullMarked;
