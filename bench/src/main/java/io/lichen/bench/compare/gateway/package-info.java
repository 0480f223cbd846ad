// SPDX-License-Identifier: Apache-2.0
/** What those who look on through a gateway cost the mesh, and how soon they see it. */
@NullMarked
package io.lichen.bench.compare.gateway;

import org.jspecify.annotations.NullMarked;
