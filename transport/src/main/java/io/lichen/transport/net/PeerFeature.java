// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

/** What a peer may say it understands beyond the base wire (docs/wire/net-transport.md). */
public enum PeerFeature {
  /** Acknowledgement ranges: tag {@code net.reliable.stream_ack_ranges@1}. */
  ACK_RANGES("net.reliable.stream_ack_ranges@1"),
  /** Events of several packets, over UDP: tag {@code lichen.stream.fragment_reassembly@1}. */
  FRAGMENTS("lichen.stream.fragment_reassembly@1"),
  /**
   * Sessions that change their path, from a relay to the peer or after a peer that moves: tag
   * {@code lichen.direct_paths@1}.
   */
  DIRECT_PATHS("lichen.direct_paths@1");

  private final String tag;

  PeerFeature(String tag) {
    this.tag = tag;
  }

  /** The tag in the peer's capability announcement. */
  public String tag() {
    return tag;
  }
}
