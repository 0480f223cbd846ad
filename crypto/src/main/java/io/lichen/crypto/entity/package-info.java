// SPDX-License-Identifier: Apache-2.0
/** Who a node of the Net wire is: its Ed25519 key, the numbers made from it, and its key file. */
@NullMarked
package io.lichen.crypto.entity;

import org.jspecify.annotations.NullMarked;
