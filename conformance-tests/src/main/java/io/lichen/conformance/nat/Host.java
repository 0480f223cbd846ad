// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import io.lichen.conformance.netns.InNamespace;
import io.lichen.conformance.netns.Namespaces;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** A machine: a namespace with an interface {@code wan}. Not thread-safe. */
public final class Host implements Segment.Plugged, AutoCloseable {
  private static final String DEVICE = "wan";

  private final Segment segment;
  private final String namespace;
  private final List<String> addresses = new ArrayList<>();

  Host(Segment segment, String namespace) {
    this.segment = segment;
    this.namespace = namespace;
    segment.plug(namespace, DEVICE);
    addAddress();
    Namespaces.ip(namespace, segment.routes(DEVICE).toArray(String[]::new));
  }

  /** The name of its namespace, for {@code ip netns exec}. */
  public String namespace() {
    return namespace;
  }

  /** Its address, the first if it has several. */
  public String address() {
    return addresses.getFirst();
  }

  /** All of its addresses. */
  public List<String> addresses() {
    return List.copyOf(addresses);
  }

  /** Gives it a further address and returns that. */
  public String addAddress() {
    String address = segment.nextAddress(false);
    Namespaces.ip(namespace, "address add " + address + "/32 dev " + DEVICE);
    addresses.add(address);
    return address;
  }

  /** Gives it another address instead of all that it has, as another network would. */
  public String changeAddress() {
    Namespaces.ip(namespace, "address flush dev " + DEVICE + " scope global");
    addresses.clear();
    addAddress();
    Namespaces.ip(namespace, segment.routes(DEVICE).toArray(String[]::new));
    return address();
  }

  /** A command as it runs on this machine. */
  public List<String> command(List<String> command) {
    List<String> there = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    there.addAll(command);
    return there;
  }

  /** Runs something of this process there; sockets that it opens stay there. */
  public <T> T call(Callable<T> action) {
    return InNamespace.call(namespace, action);
  }

  /** Removes it; processes on it are killed. */
  @Override
  public void close() {
    segment.forget(this);
    Namespaces.remove(namespace);
  }
}
