// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.tap;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Loses, doubles and delays datagrams, so that they overtake each other; the same seed makes the
 * same choices. Thread-safe.
 */
public final class Weather {
  private static final int MAX_DELAY_MS = 8;

  private final AtomicLong seeds;
  private final AtomicLong lost = new AtomicLong();
  private volatile Rates rates;

  /**
   * How bad it is; each from 0 to 1.
   *
   * @param loss the part of all datagrams that is lost
   * @param meanBurst how many are lost in a row on average, at least 1
   * @param twice the part that comes twice
   * @param late the part that comes up to 8 ms late
   */
  public record Rates(double loss, double meanBurst, double twice, double late) {
    /** Everything arrives. */
    public static final Rates FAIR = new Rates(0, 1, 0, 0);

    /** Nothing arrives. */
    public static final Rates DARK = new Rates(1, 1, 0, 0);

    /** This loss by chance; of what arrives one in fifty comes twice, one in twenty late. */
    public static Rates losing(double loss) {
      return new Rates(loss, 1 / (1 - loss), 0.02, 0.05);
    }

    /** This loss, in bursts. */
    public Rates inBursts(double mean) {
      return new Rates(loss, mean, twice, late);
    }
  }

  /** Weather that stays until it is changed. */
  public Weather(long seed, Rates rates) {
    this.seeds = new AtomicLong(seed);
    this.rates = rates;
  }

  /** From now on it is so. */
  public void become(Rates other) {
    rates = other;
  }

  /** A way through this weather; each has its own choices. */
  public Way way() {
    return new Exposed(new Random(seeds.getAndIncrement()));
  }

  /** How many datagrams were lost. */
  public long lost() {
    return lost.get();
  }

  /** One way; in a burst or between two (a Gilbert model). */
  private final class Exposed implements Way {
    private final Random random;
    private boolean inBurst;

    private Exposed(Random random) {
      this.random = random;
    }

    @Override
    public void carry(byte[] datagram, Consumer<byte[]> onward) {
      Rates now = rates;
      if (isLost(now)) {
        lost.incrementAndGet();
        return;
      }
      if (random.nextDouble() < now.late()) {
        later(datagram, onward);
      } else {
        onward.accept(datagram);
      }
      if (random.nextDouble() < now.twice()) {
        later(datagram, onward);
      }
    }

    private boolean isLost(Rates now) {
      if (now.loss() >= 1) {
        return true;
      }
      double leave = 1 / now.meanBurst();
      double enter = leave * now.loss() / (1 - now.loss());
      inBurst = inBurst ? random.nextDouble() >= leave : random.nextDouble() < enter;
      return inBurst;
    }

    private void later(byte[] datagram, Consumer<byte[]> onward) {
      int delayMs = 1 + random.nextInt(MAX_DELAY_MS);
      CompletableFuture.delayedExecutor(delayMs, TimeUnit.MILLISECONDS)
          .execute(() -> onward.accept(datagram));
    }
  }
}
