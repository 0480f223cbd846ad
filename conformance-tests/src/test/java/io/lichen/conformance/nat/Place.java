// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static io.lichen.conformance.nat.NatKind.FULL_CONE;
import static io.lichen.conformance.nat.NatKind.SYMMETRIC;

import io.lichen.nat.behaviour.Filtering;
import io.lichen.nat.behaviour.Mapping;
import io.lichen.nat.profile.NatType;
import io.lichen.testkit.nat.Dependence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A place in the network, and what is right to say of it.
 *
 * @param name for tables
 * @param host makes a host there
 * @param type what it is called
 * @param mapping as {@code ./lichen nat} says it
 * @param filtering the same
 */
record Place(
    String name,
    Function<Internet, Host> host,
    NatType type,
    Mapping mapping,
    Filtering filtering) {

  /** All that the tests can make. */
  static List<Place> all() {
    List<Place> places =
        new ArrayList<>(Arrays.stream(NatKind.values()).map(Place::behind).toList());
    places.add(inOpen());
    places.add(atCarrier());
    places.add(behindTwo());
    places.add(walledIn());
    return places;
  }

  /** Behind one router. */
  static Place behind(NatKind kind) {
    return ruledBy(kind, name(kind), internet -> internet.router(kind).host());
  }

  /** Without a NAT. */
  static Place inOpen() {
    return new Place(
        "public host",
        Internet::host,
        NatType.PUBLIC,
        Mapping.NONE,
        Filtering.ENDPOINT_INDEPENDENT);
  }

  /** With an address of the carrier's, behind its NAT: the address shows that. */
  static Place atCarrier() {
    Place ruled = ruledBy(SYMMETRIC, "at a carrier's NAT", internet -> carrier(internet).host());
    return new Place(ruled.name, ruled.host, NatType.CGNAT, ruled.mapping, ruled.filtering);
  }

  /** Behind two NATs, of which the stricter one shows. */
  static Place behindTwo() {
    return ruledBy(
        SYMMETRIC,
        "full cone behind a carrier's NAT",
        internet -> carrier(internet).router(FULL_CONE).host());
  }

  /** Where no UDP gets through. */
  static Place walledIn() {
    return new Place(
        "wall against UDP",
        internet -> {
          Router router = internet.router(FULL_CONE);
          router.dropUdp(true);
          return router.host();
        },
        NatType.UNKNOWN,
        Mapping.UNKNOWN,
        Filtering.UNKNOWN);
  }

  private static Router carrier(Internet internet) {
    return internet.router(RouterSpec.of(SYMMETRIC).atCarrier());
  }

  private static Place ruledBy(NatKind kind, String name, Function<Internet, Host> host) {
    boolean isCone = kind.rules().mapping() == Dependence.ENDPOINT_INDEPENDENT;
    return new Place(
        name,
        host,
        isCone ? NatType.valueOf(kind.name()) : NatType.SYMMETRIC_NAT,
        isCone ? Mapping.ENDPOINT_INDEPENDENT : Mapping.ADDRESS_AND_PORT_DEPENDENT,
        Filtering.valueOf(kind.rules().filtering().name()));
  }

  private static String name(NatKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public String toString() {
    return name;
  }
}
