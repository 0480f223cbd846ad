// SPDX-License-Identifier: Apache-2.0
/**
 * STUN (RFC 8489) as far as a client needs it that wants to know how others see it, and what its
 * NAT does (RFC 5780).
 */
@NullMarked
package io.lichen.nat.stun;

import org.jspecify.annotations.NullMarked;
