// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.List;

/** One input of a random run. Peers, topics and messages are small numbers. */
sealed interface Action {
  /** A session comes up. */
  record Connect(int peer, boolean outbound) implements Action {}

  /** A session goes down. */
  record Disconnect(int peer) implements Action {}

  /** The application joins a topic. */
  record Subscribe(int topic) implements Action {}

  /** The application leaves a topic. */
  record Unsubscribe(int topic) implements Action {}

  /** The application publishes. */
  record Publish(int topic, int message) implements Action {}

  /** A message comes in. */
  record Incoming(int peer, int topic, int message) implements Action {}

  /** A GRAFT comes in. */
  record Graft(int peer, int topic) implements Action {}

  /** A PRUNE comes in. */
  record Prune(int peer, int topic) implements Action {}

  /** An IHAVE comes in. */
  record IHave(int peer, int topic, List<Integer> messages) implements Action {}

  /** An IWANT comes in. */
  record IWant(int peer, int topic, List<Integer> messages) implements Action {}

  /** An IDONTWANT comes in. */
  record DontWant(int peer, int topic, List<Integer> messages) implements Action {}

  /** The application gives a peer a score of its own. */
  record Rescore(int peer, double score) implements Action {}

  /** The codec found something invalid. */
  record Invalid(int peer) implements Action {}

  /** A validator has made up its mind. */
  record Judge(int message, boolean good) implements Action {}

  /** A session stops or begins to take messages. */
  record Jam(int peer, boolean full) implements Action {}

  /** Time passes, and the heartbeat comes. */
  record Tick(int milliseconds) implements Action {}
}
