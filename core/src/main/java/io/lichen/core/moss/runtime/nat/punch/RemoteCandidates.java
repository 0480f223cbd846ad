// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.punch;

import io.lichen.nat.punch.Candidate;
import io.lichen.nat.punch.PortPrediction;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a message of the other end (docs/wire/moss-nat.md, "Port prediction"): the
 * address that it advertises, and the ones after that if it says that its NAT gives out ports in
 * order.
 */
final class RemoteCandidates {
  private final boolean predicts;

  /**
   * Makes one.
   *
   * @param predicts whether ports are predicted at all
   */
  RemoteCandidates(boolean predicts) {
    this.predicts = predicts;
  }

  /**
   * The candidates, in the order in which they are to be fired at.
   *
   * @param stride how many steps from one to the next
   * @param reported what was said of the other end so far, the oldest first: of a node that does
   *     not say where it was seen last, this tells whether its ports have an order
   */
  List<Candidate> of(
      InetSocketAddress advertised,
      @Nullable InetSocketAddress observed,
      int stride,
      List<InetSocketAddress> reported) {
    int step = predicts ? step(advertised, observed) : 0;
    List<InetSocketAddress> window =
        step == 0
            ? PortPrediction.endpoints(advertised, reported, predicts ? PortPrediction.WINDOW : 1)
            : PortPrediction.window(advertised, step * stride, PortPrediction.WINDOW);
    return window.stream()
        .map(window.size() == 1 ? Candidate::reported : Candidate::predicted)
        .toList();
  }

  private static int step(InetSocketAddress advertised, @Nullable InetSocketAddress observed) {
    if (observed == null || !observed.getAddress().equals(advertised.getAddress())) {
      return 0;
    }
    int step = advertised.getPort() - observed.getPort();
    return Math.abs(step) <= PortPrediction.MAX_STEP ? step : 0;
  }
}
