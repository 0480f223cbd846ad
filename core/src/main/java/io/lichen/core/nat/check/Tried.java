// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.check;

/**
 * Something that was tried.
 *
 * @param method {@code STUN}, {@code UPnP}, {@code NAT-PMP} or {@code PCP}
 * @param target who was asked
 * @param worked whether that helped
 * @param detail what came of it
 */
public record Tried(String method, String target, boolean worked, String detail) {}
