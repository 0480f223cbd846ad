// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery;

import io.lichen.core.work.TokenBucket;
import java.net.InetAddress;
import java.util.LinkedHashMap;

/**
 * How much strangers may ask of this node: so much each, so much together. Remembers {@value
 * #MAX_SOURCES} addresses; the one not heard of for longest goes. Not thread-safe.
 */
public final class SourceLimits {
  /** Addresses remembered. */
  public static final int MAX_SOURCES = 256;

  /**
   * A limit.
   *
   * @param burst at once
   * @param perSecond in the long run
   */
  public record Limit(int burst, int perSecond) {}

  private final Limit each;
  private final TokenBucket all;
  private final LinkedHashMap<InetAddress, TokenBucket> sources = new LinkedHashMap<>();

  /** Nobody has asked for anything yet. */
  public SourceLimits(Limit all, Limit each, long nowNs) {
    this.each = each;
    this.all = new TokenBucket(all.burst(), all.perSecond(), nowNs);
  }

  /** Whether this one may ask for something now; it then counts. */
  public boolean take(InetAddress source, long nowNs) {
    TokenBucket own = sources.remove(source);
    if (own == null) {
      own = new TokenBucket(each.burst(), each.perSecond(), nowNs);
    }
    sources.putLast(source, own);
    if (sources.size() > MAX_SOURCES) {
      sources.pollFirstEntry();
    }
    // The source's share first: what one sends too much must not be taken from the others' share.
    return own.take(nowNs) && all.take(nowNs);
  }

  /** Number of addresses remembered. */
  public int size() {
    return sources.size();
  }
}
