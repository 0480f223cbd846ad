// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.profile;

import io.lichen.nat.behaviour.Filtering;
import io.lichen.nat.behaviour.Mapping;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is known, and the name that follows from it (docs/wire/moss-nat.md, "Types"). A name is
 * never derived from a former name, so that whatever was mistaken can be mended. Immutable.
 *
 * @param listener what the address says to which the socket is bound
 * @param mapping as of the last round that told
 * @param filtering as of the last round that told
 * @param carrier whether a provider's NAT shows
 * @param reachable whether others have connected to {@code external}
 * @param external how the node is seen
 */
public record NatEvidence(
    NatType listener,
    Mapping mapping,
    Filtering filtering,
    boolean carrier,
    boolean reachable,
    @Nullable InetSocketAddress external) {

  /** Nothing is known. */
  public static final NatEvidence NONE =
      new NatEvidence(NatType.UNKNOWN, Mapping.UNKNOWN, Filtering.UNKNOWN, false, false, null);

  /** What a socket says that is bound to this address, which is resolved. */
  public static NatEvidence ofListener(InetSocketAddress bound) {
    InetAddress host = bound.getAddress();
    boolean silent = AddressRank.of(host) == AddressRank.OTHER && !host.isLoopbackAddress();
    NatType type = silent ? NatType.UNKNOWN : listenerType(host);
    boolean isPublic = type == NatType.PUBLIC;
    return NONE.withListener(type).withReachable(isPublic).withExternal(silent ? null : bound);
  }

  private NatEvidence withListener(NatType type) {
    return new NatEvidence(type, mapping, filtering, carrier, reachable, external);
  }

  private static NatType listenerType(InetAddress host) {
    return switch (AddressRank.of(host)) {
      case PUBLIC -> NatType.PUBLIC;
      case CARRIER -> NatType.CGNAT;
      case PRIVATE -> NatType.FULL_CONE;
      case OTHER -> NatType.RESTRICTED_CONE;
    };
  }

  /** The name of all this. */
  public NatType type() {
    if (carrier) {
      return NatType.CGNAT;
    }
    return switch (mapping) {
      case UNKNOWN -> unmapped();
      case ADDRESS_DEPENDENT, ADDRESS_AND_PORT_DEPENDENT -> NatType.SYMMETRIC_NAT;
      case NONE -> isOpen() && isPublic() ? NatType.PUBLIC : cone();
      case ENDPOINT_INDEPENDENT -> cone();
    };
  }

  private NatType unmapped() {
    boolean undecided = listener == NatType.UNKNOWN || listener == NatType.PUBLIC;
    if (undecided && isPublic()) {
      return reachable ? NatType.PUBLIC : NatType.UNKNOWN;
    }
    return listener;
  }

  private NatType cone() {
    if (isOpen()) {
      return NatType.FULL_CONE;
    }
    return filtering == Filtering.ADDRESS_DEPENDENT
        ? NatType.RESTRICTED_CONE
        : NatType.PORT_RESTRICTED_CONE;
  }

  private boolean isOpen() {
    return reachable || filtering == Filtering.ENDPOINT_INDEPENDENT;
  }

  private boolean isPublic() {
    return external != null && AddressRank.of(external.getAddress()) == AddressRank.PUBLIC;
  }

  private boolean isSymmetric() {
    return mapping == Mapping.ADDRESS_DEPENDENT || mapping == Mapping.ADDRESS_AND_PORT_DEPENDENT;
  }

  /** A round has told of the mapping; that it depends on the destination puts reach in doubt. */
  public NatEvidence withMapping(Mapping told) {
    NatEvidence now = new NatEvidence(listener, told, filtering, carrier, reachable, external);
    return now.isSymmetric() && !isSymmetric() ? now.withReachable(false) : now;
  }

  /** A round has told of the filtering. */
  public NatEvidence withFiltering(Filtering told) {
    return new NatEvidence(listener, mapping, told, carrier, reachable, external);
  }

  /** A provider's NAT shows, or does not. */
  public NatEvidence withCarrier(boolean shows) {
    return new NatEvidence(listener, mapping, filtering, shows, reachable, external);
  }

  /** Others can connect, or cannot. */
  public NatEvidence withReachable(boolean now) {
    return new NatEvidence(listener, mapping, filtering, carrier, now, external);
  }

  /** The node is seen elsewhere: nobody has connected to that yet. */
  public NatEvidence withExternal(@Nullable InetSocketAddress now) {
    return new NatEvidence(listener, mapping, filtering, carrier, reachable, now);
  }
}
