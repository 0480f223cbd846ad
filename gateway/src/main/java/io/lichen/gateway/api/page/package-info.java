// SPDX-License-Identifier: Apache-2.0
/** The dashboard: a page that shows what the node API says (docs/gateway.md, "Dashboard"). */
@NullMarked
package io.lichen.gateway.api.page;

import org.jspecify.annotations.NullMarked;
