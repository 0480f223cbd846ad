// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import io.lichen.nat.behaviour.BehaviourDiscovery;
import io.lichen.nat.behaviour.DiscoveryOutput;
import io.lichen.nat.behaviour.DiscoverySettings;
import io.lichen.nat.behaviour.NatBehaviour;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One round of STUN at a time over the socket of the mesh (docs/wire/moss-nat.md, "STUN"). The
 * node's loop only.
 */
final class StunRound implements DiscoveryOutput {
  /** Told what a round has found out. */
  interface Then {
    void found(NatBehaviour behaviour, List<InetSocketAddress> samples, long nowNs);
  }

  /** Answers of one round that are looked at: a flood of copies stays outside the loop. */
  private static final int MAX_ANSWERS = 256;

  /** Hosts that are remembered; beyond that all count as known. */
  private static final int MAX_ACQUAINTED = 256;

  private final NatContext context;
  private final NatCounters counters;
  private final StunServers servers;
  private final Then then;
  private final Set<InetAddress> acquainted = new HashSet<>();
  private boolean underWay;
  private @Nullable BehaviourDiscovery discovery;
  private Answers answers = new Answers();

  StunRound(NatContext context, NatCounters counters, StunServers servers, Then then) {
    this.context = context;
    this.counters = counters;
    this.servers = servers;
    this.then = then;
  }

  /** Whether one has begun and not ended. */
  boolean isUnderWay() {
    return underWay;
  }

  /** Whatever is in the way of the socket is new, and has let nobody in yet. */
  void forgetAcquaintances() {
    acquainted.clear();
  }

  /** Begins one, unless one is under way. */
  void start() {
    if (underWay) {
      return;
    }
    underWay = true;
    var unused =
        servers
            .resolve()
            .thenCombine(LocalAddresses.later(context.resolver()), Asked::new)
            .thenAccept(asked -> context.loop().execute(() -> ask(asked)));
  }

  private record Asked(List<InetSocketAddress> servers, List<InetAddress> local) {}

  private void ask(Asked asked) {
    answers = new Answers();
    BehaviourDiscovery started =
        new BehaviourDiscovery(
            asked.servers(),
            asked.local(),
            context.transport().localAddress().getPort(),
            DiscoverySettings.defaults(),
            context.random(),
            this);
    discovery = started;
    Set<InetAddress> before = Set.copyOf(acquainted);
    started.acquainted(host -> before.size() >= MAX_ACQUAINTED || before.contains(host));
    started.start(context.clockNs().getAsLong());
  }

  @Override
  public void send(InetSocketAddress to, byte[] datagram) {
    if (acquainted.size() < MAX_ACQUAINTED) {
      acquainted.add(to.getAddress());
    }
    context.transport().stun(to, datagram, answers::onStun);
  }

  @Override
  public void onDone(NatBehaviour behaviour, long nowNs) {
    BehaviourDiscovery done = discovery;
    discovery = null;
    underWay = false;
    if (behaviour.mapped() == null) {
      counters.stunSilent.increment();
      servers.rotate();
    } else {
      counters.stunAnswered.increment();
    }
    then.found(behaviour, done == null ? List.of() : done.samples(), nowNs);
  }

  long nextDeadlineNs() {
    return discovery == null ? Long.MAX_VALUE : discovery.nextDeadlineNs();
  }

  void onTimer(long nowNs) {
    if (discovery != null) {
      discovery.onTimer(nowNs);
    }
  }

  /** The answers of one round, on their way from the socket's event loop to the node's. */
  private final class Answers {
    // The event loop's own.
    private int taken;

    void onStun(InetSocketAddress from, byte[] datagram) {
      if (taken++ < MAX_ANSWERS) {
        context.loop().execute(() -> answered(from, datagram));
      } else {
        counters.stunStray.increment();
      }
    }

    private void answered(InetSocketAddress from, byte[] datagram) {
      BehaviourDiscovery asking = discovery;
      boolean isOurs =
          asking != null
              && answers == this
              && asking.onDatagram(from, datagram, context.clockNs().getAsLong());
      if (!isOurs) {
        counters.stunStray.increment();
      }
    }
  }
}
