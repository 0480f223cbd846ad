// SPDX-License-Identifier: Apache-2.0
/** Through NATs: what nodes say to each other so that two of them meet (docs/wire/net-nat.md). */
@NullMarked
package io.lichen.core.net.nat;

import org.jspecify.annotations.NullMarked;
