// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The offers of one end that are answered by replies: which reply belongs to what was asked. Each
 * is open until whoever asked has what it wanted, so that whatever comes first does not keep out
 * what is better. Not thread-safe.
 *
 * @param <K> names an end or a coordinator
 * @param <P> what the offers are for
 */
public final class OpenOffers<K, P> {
  private record Offer<K, P>(K coordinator, K target, P purpose, int[] replies) {}

  private final int maxReplies;
  private final Map<String, Offer<K, P>> offers = new HashMap<>();

  /**
   * Makes one without offers.
   *
   * @param maxReplies how many replies to one offer count, at least 1
   */
  public OpenOffers(int maxReplies) {
    this.maxReplies = maxReplies;
  }

  /** An offer goes out. */
  public void open(String requestId, K coordinator, K target, P purpose) {
    offers.put(requestId, new Offer<>(coordinator, target, purpose, new int[1]));
  }

  /**
   * A reply has come.
   *
   * @param from who brought it
   * @param source in whose name it speaks
   * @return what the offer is for that it answers; empty if it answers none, comes from somebody
   *     else than was asked or in another's name, or if there were too many
   */
  public Optional<P> take(String requestId, K from, K source) {
    Offer<K, P> offer = offers.get(requestId);
    boolean fits =
        offer != null
            && offer.coordinator.equals(from)
            && offer.target.equals(source)
            && offer.replies[0] < maxReplies;
    if (offer == null || !fits) {
      return Optional.empty();
    }
    offer.replies[0]++;
    return Optional.of(offer.purpose);
  }

  /** Whether replies to this offer still count. */
  public boolean isOpen(String requestId) {
    Offer<K, P> offer = offers.get(requestId);
    return offer != null && offer.replies[0] < maxReplies;
  }

  /** Nobody waits for replies for this target any more. */
  public void close(K target) {
    offers.values().removeIf(offer -> offer.target.equals(target));
  }
}
