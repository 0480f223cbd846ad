// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.sim;

import io.lichen.redex.replica.ReplicationLink;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;

/** Loses, doubles, delays and overtakes messages, and parts nodes from each other. */
final class SimNetwork {
  private static final long MS = 1_000_000;

  private record Pair(long from, long to) {}

  /** Delivers a message to a node after some time. */
  interface Delivery {
    void deliver(long from, long to, byte[] message, long afterNs);
  }

  private final Random random;
  private final Delivery delivery;
  private final Set<Pair> parted = new HashSet<>();
  private final Map<Pair, Long> delaysNs = new HashMap<>();
  private double loss;
  private double doubles;
  private boolean isCalm;
  private ReplicationLink.Speech speech = ReplicationLink.Speech.TERMS;
  private BiConsumer<Long, byte[]> sizes = (to, message) -> {};

  SimNetwork(Random random, Delivery delivery) {
    this.random = random;
    this.delivery = delivery;
  }

  void speech(ReplicationLink.Speech value) {
    speech = value;
  }

  /** Looks at everything that is sent. */
  void watch(BiConsumer<Long, byte[]> watcher) {
    sizes = watcher;
  }

  void disturb(double newLoss, double newDoubles) {
    loss = newLoss;
    doubles = newDoubles;
  }

  /** Parts each pair with some probability, perhaps in one direction only. */
  void part(Iterable<Long> nodes, double probability) {
    for (long from : nodes) {
      for (long to : nodes) {
        if (random.nextDouble() < probability) {
          parted.add(new Pair(from, to));
          if (random.nextInt(4) != 0) {
            parted.add(new Pair(to, from));
          }
        }
      }
    }
  }

  void heal() {
    parted.clear();
    disturb(0, 0);
  }

  /** From now on nothing is lost, and nothing comes late: a leader has no reason to go. */
  void calm() {
    heal();
    isCalm = true;
  }

  private long delayNs(long from, long to) {
    return delaysNs.computeIfAbsent(
        new Pair(Math.min(from, to), Math.max(from, to)),
        pair -> MS / 10 + random.nextLong(5 * MS));
  }

  ReplicationLink link(long self) {
    return new ReplicationLink() {
      @Override
      public boolean send(long to, byte[] message) {
        if (message.length > MAX_MESSAGE_BYTES) {
          throw new AssertionError(message.length + " octets do not fit");
        }
        sizes.accept(to, message);
        carry(self, to, message);
        return true;
      }

      @Override
      public OptionalLong rttNs(long node) {
        return OptionalLong.of(2 * delayNs(self, node));
      }

      @Override
      public Speech speech(long node) {
        return speech;
      }
    };
  }

  private void carry(long from, long to, byte[] message) {
    int copies = random.nextDouble() < doubles ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      if (!parted.contains(new Pair(from, to)) && random.nextDouble() >= loss) {
        long delayNs = delayNs(from, to);
        long late = random.nextInt(20) == 0 && !isCalm ? random.nextLong(300 * MS) : 0;
        delivery.deliver(from, to, message, delayNs + random.nextLong(delayNs) + late);
      }
    }
  }
}
