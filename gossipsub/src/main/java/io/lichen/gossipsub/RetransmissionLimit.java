// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.LinkedHashMap;
import java.util.Map;

/** How often messages were sent again to one peer on its IWANT. Single-threaded. */
final class RetransmissionLimit {
  private static final int MAX_IDS = 1024;

  private final int maxReplies;

  private final Map<String, Integer> replies =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > MAX_IDS;
        }
      };

  RetransmissionLimit(int maxReplies) {
    this.maxReplies = maxReplies;
  }

  /** Counts one more reply for this id; false if the limit is reached. */
  boolean take(String id) {
    return replies.merge(id, 1, Integer::sum) <= maxReplies;
  }

  int size() {
    return replies.size();
  }
}
