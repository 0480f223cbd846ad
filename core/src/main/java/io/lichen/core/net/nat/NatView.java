// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.nat.path.Openness;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this node takes itself to be behind. Immutable.
 *
 * @param openness in the words of the wire
 * @param seen where it is seen from outside; {@code null} if it does not know
 * @param isOverride whether somebody has said so who knows better than peers
 * @param portStep of a symmetric NAT that gives out ports in order, how far one is from the one
 *     before, -64 to 64; else 0
 */
public record NatView(
    Openness openness, @Nullable InetSocketAddress seen, boolean isOverride, int portStep) {
  /** Nothing is known. */
  public static final NatView UNKNOWN = new NatView(Openness.UNKNOWN, null, false);

  /** Of a node whose ports nobody can tell beforehand. */
  public NatView(Openness openness, @Nullable InetSocketAddress seen, boolean isOverride) {
    this(openness, seen, isOverride, 0);
  }

  /** The tags in announcements. */
  public List<String> tags() {
    String tag = NatWords.tag(openness);
    return portStep == 0 ? List.of(tag) : List.of(tag, NatWords.stepTag(portStep));
  }
}
