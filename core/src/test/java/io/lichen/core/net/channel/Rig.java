// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import io.lichen.core.work.Offload;
import io.lichen.crypto.ChannelName;
import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.entity.EntityKeyPair;
import io.lichen.crypto.token.RevocationFloors;
import io.lichen.crypto.token.TokenChain;
import io.lichen.crypto.token.TokenGrant;
import io.lichen.crypto.token.TokenIssuer;
import io.lichen.crypto.token.TokenScope;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A publisher and what it knows of its peers, for the tests of channels. */
public final class Rig implements ChannelPeers, Offload {
  /** The time of the tests, Unix seconds. */
  public static final long SECS = 1_700_000_000;

  /** A second in nanoseconds. */
  public static final long SECOND = 1_000_000_000L;

  /** Who grants rights on the publisher's channels. */
  public static final EntityKeyPair ROOT = keys(1);

  /** The node that publishes. */
  public static final EntityKeyPair PUBLISHER = keys(2);

  /** A node that subscribes. */
  public static final EntityKeyPair SUBSCRIBER = keys(3);

  /** A channel. */
  public static final ChannelName CHANNEL = ChannelName.of("lab/metrics");

  public final ChannelRegistry registry = new ChannelRegistry();
  public final RevocationFloors floors = new RevocationFloors();
  public final ChannelRoster roster = new ChannelRoster(10_000);
  public final AttemptThrottle throttle = new AttemptThrottle();
  public final Map<Long, EntityId> identities = new HashMap<>();
  public final Map<Long, SubnetId> subnets = new HashMap<>();
  public final Set<Long> provers = new HashSet<>();

  /** Work that was taken off the loop, if it is not done at once. */
  public final Deque<Runnable> delayed = new ArrayDeque<>();

  /** Whether work waits in {@link #delayed}, and how much fits there. */
  public int delayedRoom;

  /** Keys that are always the same for a number. */
  public static EntityKeyPair keys(int number) {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) number);
    return EntityKeyPair.ofSeed(seed);
  }

  /** A root's grant to subscribe, for an hour. */
  public static TokenChain grant(EntityKeyPair subject, long hash) {
    return TokenChain.of(
        new TokenIssuer(ROOT, new Random(4))
            .issue(TokenGrant.of(subject.id(), TokenScope.SUBSCRIBE, hash, 3600), SECS));
  }

  /** The rules of the publisher; channels that are not registered are unknown. */
  public ChannelPolicy policy() {
    return new ChannelPolicy(PUBLISHER.id(), SubnetId.GLOBAL, registry, false, floors, 0);
  }

  /** A configuration that takes tokens of the root. */
  public static ChannelConfig gated() {
    return ChannelConfig.open().toBuilder().tokenRoots(Set.of(ROOT.id())).build();
  }

  @Override
  public @Nullable EntityId identity(long nodeId) {
    return identities.get(nodeId);
  }

  @Override
  public @Nullable SubnetId subnet(long nodeId) {
    return subnets.get(nodeId);
  }

  @Override
  public boolean knowsProofs(long nodeId) {
    return provers.contains(nodeId);
  }

  @Override
  public <T> boolean submit(Supplier<T> work, Consumer<T> then) {
    if (delayedRoom == 0) {
      then.accept(work.get());
      return true;
    }
    if (delayed.size() >= delayedRoom) {
      return false;
    }
    delayed.add(() -> then.accept(work.get()));
    return true;
  }
}
