// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.nat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The table of one NAT and one protocol: who inside is seen at which external port, and who outside
 * gets in there. It moves no datagrams; whoever does asks it. Not thread-safe.
 */
public final class NatTable {
  private static final int FIRST_PORT = 1024;
  private static final int PORTS = 65_536 - FIRST_PORT;

  private final NatRules rules;
  private final SplittableRandom random;
  private final Map<Inside, Mapping> byInside = new HashMap<>();
  private final Map<Integer, Mapping> byPort = new HashMap<>();
  private InetAddress external;
  private int nextPort;

  /** What shares a mapping. */
  private record Inside(InetSocketAddress internal, Object destination) {}

  private static final class Mapping {
    private final Inside inside;
    private final int port;
    private final Map<Object, Long> sentNs = new HashMap<>();
    private long lastSentNs;

    Mapping(Inside inside, int port) {
      this.inside = inside;
      this.port = port;
    }
  }

  /**
   * An empty table.
   *
   * @param external the address that the outside sees
   * @param seed of random ports, and of the first of sequential ones
   */
  public NatTable(NatRules rules, InetAddress external, long seed) {
    this.rules = Objects.requireNonNull(rules);
    this.external = Objects.requireNonNull(external);
    this.random = new SplittableRandom(seed);
    this.nextPort = FIRST_PORT + random.nextInt(PORTS);
  }

  /** The rules. */
  public NatRules rules() {
    return rules;
  }

  /** The address that the outside sees. */
  public InetAddress external() {
    return external;
  }

  /** Another address, and an empty table. */
  public void changeExternal(InetAddress address) {
    external = Objects.requireNonNull(address);
    flush();
  }

  /** Forgets all mappings, as a restart does; sequential ports go on where they were. */
  public void flush() {
    byInside.clear();
    byPort.clear();
  }

  /** How many mappings there are, expired ones that nobody has come across included. */
  public int size() {
    return byPort.size();
  }

  /**
   * Something goes out.
   *
   * @return the address that the destination sees; {@code null} if no port is free
   */
  public @Nullable InetSocketAddress outbound(
      InetSocketAddress internal, InetSocketAddress destination, long nowNs) {
    Inside inside = new Inside(internal, rules.mapping().keyOf(destination));
    Mapping mapping = byInside.get(inside);
    if (mapping != null && isOver(mapping.lastSentNs, nowNs)) {
      remove(mapping);
      mapping = null;
    }
    if (mapping == null) {
      int port = freePort(internal.getPort(), nowNs);
      if (port < 0) {
        return null;
      }
      mapping = new Mapping(inside, port);
      byInside.put(inside, mapping);
      byPort.put(port, mapping);
    }
    mapping.lastSentNs = nowNs;
    mapping.sentNs.put(rules.filtering().keyOf(destination), nowNs);
    return new InetSocketAddress(external, mapping.port);
  }

  /**
   * Something comes to an external port.
   *
   * @return whose it is inside; {@code null} if nobody's, or if the sender does not get in
   */
  public @Nullable InetSocketAddress inbound(InetSocketAddress from, int port, long nowNs) {
    Mapping mapping = byPort.get(port);
    if (mapping == null) {
      return null;
    }
    if (isOver(mapping.lastSentNs, nowNs)) {
      remove(mapping);
      return null;
    }
    Long sentNs = mapping.sentNs.get(rules.filtering().keyOf(from));
    return sentNs == null || isOver(sentNs, nowNs) ? null : mapping.inside.internal;
  }

  private boolean isOver(long sinceNs, long nowNs) {
    return nowNs - sinceNs >= rules.lifetimeNs();
  }

  private void remove(Mapping mapping) {
    byInside.remove(mapping.inside, mapping);
    byPort.remove(mapping.port, mapping);
  }

  /** The wanted port, or the next free one after it; -1 if all are taken. */
  private int freePort(int internalPort, long nowNs) {
    int wanted =
        switch (rules.ports()) {
          case PRESERVING -> Math.max(FIRST_PORT, internalPort);
          case SEQUENTIAL -> nextPort;
          case RANDOM -> FIRST_PORT + random.nextInt(PORTS);
        };
    for (int i = 0; i < PORTS; i++) {
      int port = FIRST_PORT + (wanted - FIRST_PORT + i) % PORTS;
      Mapping holder = byPort.get(port);
      if (holder != null && isOver(holder.lastSentNs, nowNs)) {
        remove(holder);
        holder = null;
      }
      if (holder == null) {
        nextPort = FIRST_PORT + (port + 1 - FIRST_PORT) % PORTS;
        return port;
      }
    }
    return -1;
  }
}
