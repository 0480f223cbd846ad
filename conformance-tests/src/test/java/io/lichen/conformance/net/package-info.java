// SPDX-License-Identifier: Apache-2.0
/** The interop matrix of the Net wire: Lichen and the natives, each dialling the other. */
@NullMarked
package io.lichen.conformance.net;

import org.jspecify.annotations.NullMarked;
