// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

/** A router and the only host behind it. */
record Line(Router router, Host host) {
  private Line(Router router) {
    this(router, router.host());
  }

  Line(Internet internet, NatKind kind) {
    this(internet.router(kind));
  }
}
