// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.relay;

/** So many octets at once, so many a second. Not thread-safe. */
public final class ByteBucket {
  private final RelayRate rate;
  private double bytes;
  private long lastNs;

  /** A full one. */
  public ByteBucket(RelayRate rate, long nowNs) {
    this.rate = rate;
    this.bytes = rate.capacityBytes();
    this.lastNs = nowNs;
  }

  /** Takes so many octets if they are there, else none. */
  public boolean take(long count, long nowNs) {
    refill(nowNs);
    if (bytes < count) {
      return false;
    }
    bytes -= count;
    return true;
  }

  /**
   * How long until so many octets are there; what the bucket never holds is let through when it is
   * full.
   */
  public long waitNs(long count, long nowNs) {
    refill(nowNs);
    double missing = Math.min(count, rate.capacityBytes()) - bytes;
    return missing <= 0 ? 0 : (long) Math.ceil(missing * 1e9 / rate.perSecondBytes());
  }

  /** Takes so many octets, and leaves a debt if they are not there. */
  public void spend(long count, long nowNs) {
    refill(nowNs);
    bytes -= count;
  }

  /** Whether it is as if nothing had ever been taken. */
  public boolean isFull(long nowNs) {
    refill(nowNs);
    return bytes >= rate.capacityBytes();
  }

  private void refill(long nowNs) {
    double full = rate.capacityBytes();
    double gained = (nowNs - lastNs) * (rate.perSecondBytes() / 1e9);
    bytes = Math.min(full, bytes + gained);
    lastNs = nowNs;
  }
}
