// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.inbound;

import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.work.MessageSizes;
import java.util.ArrayList;

/** What one session brought with one read: filled on its event loop, then handed to the node's. */
public final class InboundBatch {
  /** What a control message weighs, besides its ids. */
  private static final int ITEM_BYTES = 256;

  private final PeerLink link;
  private final ArrayList<InboundItem> items = new ArrayList<>();
  private long sizeBytes;

  InboundBatch(PeerLink link) {
    this.link = link;
  }

  /**
   * Adds an item.
   *
   * @param packetBytes the length of the packet that brought it
   */
  void add(InboundItem item, int packetBytes) {
    items.add(item);
    sizeBytes +=
        item instanceof InboundItem.Publish publish
            ? MessageSizes.of(publish.message())
            : ITEM_BYTES + 2L * packetBytes;
  }

  /** Whose batch it is. */
  public PeerLink link() {
    return link;
  }

  /** Number of items. */
  public int size() {
    return items.size();
  }

  /** The item at this index. */
  public InboundItem get(int index) {
    return items.get(index);
  }

  /** What the batch holds in memory, roughly. */
  long sizeBytes() {
    return sizeBytes;
  }
}
