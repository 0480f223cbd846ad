// SPDX-License-Identifier: Apache-2.0
/**
 * NATs as models: the rules by which one translates and filters ({@link
 * io.lichen.testkit.nat.NatRules}), its table ({@link io.lichen.testkit.nat.NatTable}), and an
 * internet of hosts, NATs and datagrams in virtual time ({@link
 * io.lichen.testkit.nat.SimInternet}).
 */
@NullMarked
package io.lichen.testkit.nat;

import org.jspecify.annotations.NullMarked;
