// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import io.lichen.conformance.netns.Namespaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bridge in a namespace, and what is plugged into it. Whoever makes hosts and routers on it gets
 * things that end with it at the latest. Not thread-safe.
 */
public abstract class Segment implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final List<Plugged> plugged = new ArrayList<>();
  final String namespace;
  final String bridge;

  Segment(String namespace, String bridge) {
    this.namespace = namespace;
    this.bridge = bridge;
    Namespaces.ip(namespace, "link add " + bridge + " type bridge", "link set " + bridge + " up");
  }

  /** What is on a segment. */
  interface Plugged {
    /** Removes it. */
    void close();
  }

  @Override
  public abstract void close();

  /** Plugs in a host. */
  public final Host host() {
    return keep(new Host(this, Namespaces.make("host")));
  }

  /** Plugs in a router. */
  public final Router router(NatKind kind) {
    return router(RouterSpec.of(kind));
  }

  /** Plugs in a router. */
  public final Router router(RouterSpec spec) {
    String role = spec.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return keep(Router.make(this, Namespaces.make(role), spec));
  }

  /** An address for a host or, outside, a router; not given out before. */
  abstract String nextAddress(boolean forRouter);

  /** What a namespace has to do to reach everybody over an interface. */
  abstract List<String> routes(String device);

  /** Joins a namespace's new interface to the bridge. */
  final void plug(String other, String device) {
    String port = "p" + NUMBER.incrementAndGet();
    Namespaces.ip(
        namespace,
        "link add " + port + " type veth peer name " + device + " netns " + other,
        "link set " + port + " master " + bridge,
        "link set " + port + " up");
    Namespaces.ip(other, "link set " + device + " up");
  }

  final void forget(Plugged gone) {
    plugged.remove(gone);
  }

  /** Ends all that is plugged in. */
  final void unplugAll() {
    for (Plugged each : List.copyOf(plugged).reversed()) {
      each.close();
    }
  }

  private <T extends Plugged> T keep(T thing) {
    plugged.add(thing);
    return thing;
  }
}
