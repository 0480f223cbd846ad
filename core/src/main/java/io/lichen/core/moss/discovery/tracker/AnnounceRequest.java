// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

/**
 * What a node tells a tracker (docs/wire/moss-discovery.md, "Announces"). The arrays are not
 * copied.
 *
 * @param infoHash 20 octets: which mesh
 * @param peerId 20 octets, see {@link TrackerPeerId}
 * @param port where the node listens, 0 to 65535
 * @param event why it announces itself
 * @param numWant how many peers it wants to hear of
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record AnnounceRequest(
    byte[] infoHash, byte[] peerId, int port, AnnounceEvent event, int numWant) {
  /** Octets of an info hash and of a peer id. */
  public static final int ID_BYTES = 20;

  /** Checks the lengths. */
  public AnnounceRequest {
    if (infoHash.length != ID_BYTES || peerId.length != ID_BYTES) {
      throw new IllegalArgumentException(
          "info hash and peer id have 20 bytes, not " + infoHash.length + " and " + peerId.length);
    }
  }
}
