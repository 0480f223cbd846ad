// SPDX-License-Identifier: Apache-2.0
/** Permission tokens of the Net wire: signed, delegated, checked as chains, revoked. */
@NullMarked
package io.lichen.crypto.token;

import org.jspecify.annotations.NullMarked;
