// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import java.util.Arrays;
import java.util.Objects;

/**
 * What a publish comes to: whether it may be, and for whom it is. One object serves all publishes
 * of a node's loop and says what the latest one came to.
 */
public final class PublishPlan {
  /** Whether the node may publish. */
  public enum Verdict {
    /** It may, be it for nobody. */
    ALLOWED,
    /** The channel's configuration does not let this node publish. */
    DENIED,
    /** The channel has had its publishes of this second. */
    RATE_LIMITED
  }

  private static final int FIRST_CAPACITY = 16;

  private Verdict verdict = Verdict.ALLOWED;
  private boolean reliable;
  private long[] recipients = new long[FIRST_CAPACITY];
  private int count;

  PublishPlan() {}

  void reset(Verdict newVerdict, boolean channelIsReliable) {
    verdict = newVerdict;
    reliable = channelIsReliable;
    count = 0;
  }

  void add(long nodeId) {
    if (count == recipients.length) {
      recipients = Arrays.copyOf(recipients, 2 * count);
    }
    recipients[count] = nodeId;
    count++;
  }

  /** Whether the node may publish; if not, there are no recipients. */
  public Verdict verdict() {
    return verdict;
  }

  /** Whether the channel's publishes are repeated until acknowledged. */
  public boolean reliable() {
    return reliable;
  }

  /** How many peers are to get it. */
  public int count() {
    return count;
  }

  /**
   * The node id of a peer that is to get it; each stands there once.
   *
   * @throws IndexOutOfBoundsException if the index is not below {@link #count}
   */
  public long recipient(int index) {
    return recipients[Objects.checkIndex(index, count)];
  }
}
