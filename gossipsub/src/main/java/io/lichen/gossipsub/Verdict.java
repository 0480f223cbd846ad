// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/** What a {@link TopicValidator} finds about a message. */
public enum Verdict {
  /** Delivered and forwarded. */
  ACCEPT,

  /**
   * Neither delivered nor forwarded, and it counts against the peer that brought it. Only for what
   * no honest peer passes on: natives forward whatever they get.
   */
  REJECT,

  /** Neither delivered nor forwarded; nobody is to blame. */
  IGNORE,

  /** Not known yet; {@link GossipSub#verdict} will tell. */
  LATER
}
