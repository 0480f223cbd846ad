// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/**
 * Where a score begins to have consequences; the threshold itself is on the good side
 * (docs/wire/moss-gossip.md, "Scores").
 */
final class Thresholds {
  /** Below it a peer is no mesh member. */
  static final double MESH = 0;

  /** Below it nothing is published, forwarded or gossiped to a peer, and its gossip is ignored. */
  static final double GOSSIP = -10;

  /** Below it a peer's publishes are dropped. */
  static final double PUBLISH = -100;

  /** Below it all that a peer sends is dropped and nothing is sent to it. */
  static final double GRAYLIST = -10_000;

  /** A mesh whose median is below it takes in better peers. */
  static final double OPPORTUNISTIC = 1.0;

  private Thresholds() {}
}
