// SPDX-License-Identifier: Apache-2.0
/** The description of the node API for programs. */
@NullMarked
package io.lichen.gateway.api.openapi;

import org.jspecify.annotations.NullMarked;
