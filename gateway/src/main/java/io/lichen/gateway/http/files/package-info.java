// SPDX-License-Identifier: Apache-2.0
/** Files behind a path: where they are, what they are, and what a client has of them already. */
@NullMarked
package io.lichen.gateway.http.files;

import org.jspecify.annotations.NullMarked;
