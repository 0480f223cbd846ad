// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.nat.path.Openness;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What this node takes itself to be behind. Immutable.
 *
 * @param openness in the words of the wire
 * @param seen where it is seen from outside; {@code null} if it does not know
 * @param isOverride whether somebody has said so who knows better than peers
 */
public record NatView(Openness openness, @Nullable InetSocketAddress seen, boolean isOverride) {
  /** Nothing is known. */
  public static final NatView UNKNOWN = new NatView(Openness.UNKNOWN, null, false);

  /** The tag in announcements. */
  public String tag() {
    return NatWords.tag(openness);
  }
}
