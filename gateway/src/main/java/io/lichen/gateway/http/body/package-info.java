// SPDX-License-Identifier: Apache-2.0
/** From the bytes of a request to what a handler wants of them. Every limit is stated here. */
@NullMarked
package io.lichen.gateway.http.body;

import org.jspecify.annotations.NullMarked;
