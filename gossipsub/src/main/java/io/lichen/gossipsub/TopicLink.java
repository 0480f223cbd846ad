// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import org.jspecify.annotations.Nullable;

/** What is known about one peer on one topic. Times are the engine's nanoseconds. */
final class TopicLink {
  static final long NEVER = Long.MIN_VALUE;
  private static final long NATIVE_RHYTHM_NS = 5_000_000_000L;

  final PeerState peer;
  final TopicState topic;

  /** Whether the peer said by GRAFT that it is on the topic. */
  boolean claimed;

  boolean inMesh;
  long meshSinceNs = NEVER;

  /** {@link TopicState#accepted} when it brought a message last or became a member. */
  long broughtAt;

  /** After how many messages it is tested again; 0 before the first test. */
  int patience;

  /** Runs while it is a member that has brought nothing for long. */
  @Nullable MemberTest test;

  /** Messages that it owed as a mesh member and did not bring; fades. */
  double missed;

  /** GRAFTs since the heartbeat {@link #graftTick}. */
  int grafts;

  long graftTick = -1;

  long claimedAtNs = NEVER;

  /** Time between the last two GRAFTs, or 0. */
  long claimGapNs;

  /** Whether the last gaps were short and alike: the peer repeats its GRAFT at that rhythm. */
  boolean steadyClaim;

  /** Whether a PRUNE came since the last GRAFT. */
  boolean doubtful;

  /** Until then we do not GRAFT the peer: it said PRUNE. */
  long noGraftUntilNs = NEVER;

  /** Until then we do not GRAFT the peer even when our mesh is too small. */
  long askAgainNs = NEVER;

  /** Until then we refuse its GRAFT unless the mesh is small: we said PRUNE. */
  long refuseUntilNs = NEVER;

  long nextAnnounceNs = NEVER;
  long announceIntervalNs;

  /** Cache position up to which the peer was told what there is. */
  long gossipCursor;

  long lastGossipTick = -1;

  TopicLink(PeerState peer, TopicState topic) {
    this.peer = peer;
    this.topic = topic;
  }

  /** Natives repeat their GRAFT every second; Lichen's announcements soon become rare. */
  boolean mayBeNative(long nowNs) {
    return claimed && claimGapNs <= NATIVE_RHYTHM_NS && nowNs - claimedAtNs <= NATIVE_RHYTHM_NS;
  }
}
