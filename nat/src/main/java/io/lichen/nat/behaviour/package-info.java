// SPDX-License-Identifier: Apache-2.0
/**
 * What a NAT does with datagrams (RFC 4787), found out with the help of STUN servers (RFC 5780).
 */
@NullMarked
package io.lichen.nat.behaviour;

import org.jspecify.annotations.NullMarked;
