// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.lan;

import io.lichen.core.json.JsonException;
import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.discovery.SourceLimits;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which beacons are worth a dial, and which are answered (docs/wire/moss-discovery.md, "Beacons"),
 * without clock and socket. A node is answered once in an interval, so that two nodes do not answer
 * each other's answers. Not thread-safe.
 */
public final class BeaconFilter {
  /** Answered peers remembered; the one not heard of for longest goes. */
  static final int MAX_REMEMBERED = 256;

  private static final SourceLimits.Limit ALL = new SourceLimits.Limit(128, 32);
  private static final SourceLimits.Limit EACH = new SourceLimits.Limit(16, 4);
  private static final int MAX_PORT = 65_535;
  private static final Pattern PEER_ID = Pattern.compile("[0-9a-f]{64}");

  /**
   * A beacon of another node of this network.
   *
   * @param endpoint where it listens: the sender's address and the port that it names
   * @param toBeAnswered whether it is to hear of this node
   */
  public record Heard(Endpoint endpoint, boolean toBeAnswered) {}

  private final String networkId;
  private final String ownId;
  private final long intervalNs;
  private final Predicate<InetAddress> isNear;
  private final SourceLimits limits;
  private final Map<String, Long> answered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  /**
   * Makes one.
   *
   * @param networkId the network whose nodes are wanted
   * @param ownId this node's id in hex
   * @param intervalNs in which a peer is answered once
   * @param isNear whether an address is in the local network; who is not is not listened to
   */
  public BeaconFilter(
      String networkId, String ownId, long intervalNs, Predicate<InetAddress> isNear, long nowNs) {
    this.networkId = networkId;
    this.ownId = ownId;
    this.intervalNs = intervalNs;
    this.isNear = isNear;
    this.limits = new SourceLimits(ALL, EACH, nowNs);
  }

  /** What follows from a datagram; empty if nothing does. */
  public Optional<Heard> receive(InetAddress source, byte[] datagram, long nowNs) {
    if (!isNear.test(source) || !limits.take(source, nowNs)) {
      return Optional.empty();
    }
    try {
      LanBeacon beacon = LanBeacon.decode(datagram);
      String peer = beacon.peerId().toLowerCase(Locale.ROOT);
      boolean wanted = beacon.networkId().equals(networkId) && !peer.equals(ownId);
      boolean valid = PEER_ID.matcher(peer).matches() && isPort(beacon.listenPort());
      return wanted && valid
          ? Optional.of(
              new Heard(
                  new Endpoint(source, (int) beacon.listenPort()), isToBeAnswered(peer, nowNs)))
          : Optional.empty();
    } catch (JsonException e) {
      return Optional.empty();
    }
  }

  private boolean isToBeAnswered(String peer, long nowNs) {
    Long last = answered.get(peer);
    if (last != null && nowNs - last < intervalNs) {
      return false;
    }
    answered.put(peer, nowNs);
    return true;
  }

  private static boolean isPort(long port) {
    return port > 0 && port <= MAX_PORT;
  }
}
