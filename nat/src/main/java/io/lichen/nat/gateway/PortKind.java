// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.gateway;

/** Whose ports: the numbers are those of IP (PCP) and the operations of NAT-PMP. */
public enum PortKind {
  UDP(17, 1),
  TCP(6, 2);

  final int protocol;
  final int natPmpOperation;

  PortKind(int protocol, int natPmpOperation) {
    this.protocol = protocol;
    this.natPmpOperation = natPmpOperation;
  }
}
