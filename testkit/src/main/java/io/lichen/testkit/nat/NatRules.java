// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.nat;

/**
 * How a NAT behaves. Immutable.
 *
 * @param mapping for which destinations one external port serves an internal one
 * @param filtering who gets in, once something was sent to him
 * @param ports how new mappings get their ports
 * @param hairpin whether those inside reach each other's external addresses
 * @param lifetimeNs how long a mapping, or somebody's permission to come in, lasts after the last
 *     datagram out; nanoseconds, at least 1
 */
public record NatRules(
    Dependence mapping,
    Dependence filtering,
    PortAllocation ports,
    boolean hairpin,
    long lifetimeNs) {
  /** Two minutes, the least that RFC 4787 allows. */
  private static final long LIFETIME_NS = 120_000_000_000L;

  /** Checks the range. */
  public NatRules {
    if (lifetimeNs < 1) {
      throw new IllegalArgumentException("lifetimeNs is " + lifetimeNs + ", must be at least 1");
    }
  }

  /** One mapping for all; everybody gets in. */
  public static NatRules fullCone() {
    return cone(Dependence.ENDPOINT_INDEPENDENT);
  }

  /** One mapping for all; whoever's address was sent to gets in. */
  public static NatRules restrictedCone() {
    return cone(Dependence.ADDRESS_DEPENDENT);
  }

  /** One mapping for all; whoever's address and port was sent to gets in. */
  public static NatRules portRestrictedCone() {
    return cone(Dependence.ADDRESS_AND_PORT_DEPENDENT);
  }

  /** A mapping with a random port for each destination; nobody else gets in. */
  public static NatRules symmetric() {
    return symmetric(PortAllocation.RANDOM);
  }

  /** A mapping for each destination, with ports one after the other. */
  public static NatRules sequentialSymmetric() {
    return symmetric(PortAllocation.SEQUENTIAL);
  }

  private static NatRules cone(Dependence filtering) {
    return new NatRules(
        Dependence.ENDPOINT_INDEPENDENT, filtering, PortAllocation.PRESERVING, false, LIFETIME_NS);
  }

  private static NatRules symmetric(PortAllocation ports) {
    return new NatRules(
        Dependence.ADDRESS_AND_PORT_DEPENDENT,
        Dependence.ADDRESS_AND_PORT_DEPENDENT,
        ports,
        false,
        LIFETIME_NS);
  }

  /** The same with hairpin translation or without. */
  public NatRules withHairpin(boolean value) {
    return new NatRules(mapping, filtering, ports, value, lifetimeNs);
  }

  /** The same with another lifetime, nanoseconds, at least 1. */
  public NatRules withLifetime(long valueNs) {
    return new NatRules(mapping, filtering, ports, hairpin, valueNs);
  }

  /** The same with another way to find ports. */
  public NatRules withPorts(PortAllocation value) {
    return new NatRules(mapping, filtering, value, hairpin, lifetimeNs);
  }
}
