// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.profile;

import io.lichen.nat.behaviour.Filtering;
import io.lichen.nat.behaviour.Mapping;
import io.lichen.nat.behaviour.NatBehaviour;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what STUN servers, peers and gateways say, and tells what a node is behind. Addresses are
 * compared within one round only: a NAT that forgets its mappings is not one that has many. Not
 * thread-safe; knows no sockets.
 */
public final class Profiler {
  private final InetSocketAddress bound;
  private final long stunHoldsNs;
  private final ExternalAddresses addresses = new ExternalAddresses();
  private NatEvidence evidence;
  private boolean ownCarrierAddress;
  private @Nullable InetAddress gatewayHost;
  private int portStep;
  private boolean stunTold;
  private long stunToldNs;

  /**
   * Makes one that knows the listening socket only.
   *
   * @param bound its address, resolved
   * @param stunHoldsNs for how long peers do not count against STUN servers
   */
  public Profiler(InetSocketAddress bound, long stunHoldsNs) {
    this.bound = bound;
    this.stunHoldsNs = stunHoldsNs;
    this.evidence = NatEvidence.ofListener(bound);
    addresses.said(AddressSource.LISTENER, evidence.external());
  }

  /** What is known now. */
  public NatProfile profile() {
    return new NatProfile(evidence.type(), evidence.reachable(), evidence.external(), portStep);
  }

  /** What it is made of. */
  public NatEvidence evidence() {
    return evidence;
  }

  /** What each source last said. */
  public ExternalAddresses addresses() {
    return addresses;
  }

  /**
   * A round of STUN has ended. Who did not answer says nothing, nor who names no port.
   *
   * @param samples how the servers saw the socket, in the order in which they were asked
   */
  public void stun(NatBehaviour behaviour, List<InetSocketAddress> samples, long nowNs) {
    InetSocketAddress mapped = behaviour.mapped();
    if (mapped == null || mapped.getPort() == 0) {
      return;
    }
    addresses.said(AddressSource.STUN, mapped);
    if (behaviour.filtering() != Filtering.UNKNOWN) {
      evidence = evidence.withFiltering(behaviour.filtering());
    }
    if (behaviour.mapping() != Mapping.UNKNOWN) {
      stunTold = true;
      stunToldNs = nowNs;
      mapping(behaviour.mapping(), samples);
    }
    refresh();
  }

  /** A round of peers has ended, each of which saw a datagram of the socket. */
  public void peers(List<Sample> samples, long nowNs) {
    Round round = Round.of(samples);
    if (round.mapped() == null) {
      return;
    }
    addresses.said(AddressSource.PEER, round.mapped());
    boolean stunHolds = stunTold && nowNs - stunToldNs < stunHoldsNs;
    if (round.mapping() != Mapping.UNKNOWN && !stunHolds) {
      mapping(round.mapping(), samples.stream().map(Sample::mapped).toList());
    }
    refresh();
  }

  private void mapping(Mapping told, List<InetSocketAddress> samples) {
    evidence = evidence.withMapping(told);
    boolean dependent =
        told == Mapping.ADDRESS_DEPENDENT || told == Mapping.ADDRESS_AND_PORT_DEPENDENT;
    portStep = dependent ? PortStep.of(samples) : 0;
  }

  /**
   * Peers say from which host this node's sessions come. The ports that they name are none that
   * they saw; this node's own takes their place.
   */
  public void claims(List<Sample> samples) {
    Round round =
        Round.of(
            samples.stream()
                .map(each -> new Sample(each.observer(), atOwnPort(each.mapped())))
                .toList());
    if (round.mapped() != null) {
      addresses.said(AddressSource.CLAIM, round.mapped());
      refresh();
    }
  }

  private InetSocketAddress atOwnPort(InetSocketAddress seen) {
    return new InetSocketAddress(seen.getAddress(), bound.getPort());
  }

  /**
   * A gateway has opened a port, or none has any more.
   *
   * @param external the address that it named, resolved
   */
  public void gateway(@Nullable InetSocketAddress external) {
    gatewayHost = external == null ? null : external.getAddress();
    addresses.said(AddressSource.GATEWAY, external);
    refresh();
  }

  /** Whether this machine's own address is one of a provider's NAT. */
  public void ownCarrierAddress(boolean isOne) {
    ownCarrierAddress = isOne;
    refresh();
  }

  /** Others have connected to the external address, or could not. */
  public void reachable(boolean now) {
    evidence = evidence.withReachable(now);
  }

  /** The machine is somewhere else: nothing of the old place counts. */
  public void networkChanged() {
    addresses.clear();
    evidence = NatEvidence.ofListener(bound).withReachable(false);
    gatewayHost = null;
    portStep = 0;
    stunTold = false;
    refresh();
  }

  private void refresh() {
    InetSocketAddress external = addresses.best();
    if (!Objects.equals(external, evidence.external())) {
      // Whoever has connected has connected to something else.
      evidence = evidence.withReachable(false);
    }
    evidence = evidence.withExternal(external).withCarrier(showsCarrier());
  }

  private boolean showsCarrier() {
    if (ownCarrierAddress) {
      return true;
    }
    if (gatewayHost == null) {
      return false;
    }
    InetSocketAddress seen = addresses.of(AddressSource.STUN);
    if (seen == null) {
      seen = addresses.of(AddressSource.PEER);
    }
    return AddressRank.of(gatewayHost) == AddressRank.CARRIER
        || (seen != null && !gatewayHost.equals(seen.getAddress()));
  }
}
