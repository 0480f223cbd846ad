// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

/**
 * A node of a {@link SimNetwork}: called on the thread that runs the virtual time. It may send,
 * connect and disconnect from within.
 *
 * @param <P> what is sent
 */
public interface SimNode<P> {
  /**
   * The node runs: it has been added to a network, or put there by a restart. The moment to
   * schedule what it does of its own accord.
   *
   * @param self its number
   */
  default void onStart(int self) {}

  /**
   * A link is up.
   *
   * @param peer the node at the other end
   * @param outbound whether this node is the one that dialled
   */
  void onConnect(int peer, boolean outbound);

  /**
   * A link is down.
   *
   * @param peer the node at the other end
   */
  void onDisconnect(int peer);

  /**
   * Something arrived over a link.
   *
   * @param from the node at the other end
   * @param payload what it sent
   */
  void onMessage(int from, P payload);
}
