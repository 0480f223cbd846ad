// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import io.lichen.core.net.wire.CapabilityTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of a stranger's word is taken in: not what would steer decisions of this node, nor claims of
 * heat without what is hot (docs/wire/net-capabilities.md, "Taking announcements").
 */
final class ForeignTags {
  /** Claims of hot blobs that are kept. */
  static final int MAX_BLOB_HEAT = 256;

  private static final Set<String> LOCAL_KEYS =
      Set.of("intent", "colocate-with", "colocate-with-strict", "priority", "owner");
  private static final String HEAT = "heat:";
  private static final String BLOB_HEAT = "heat:blob:";
  private static final String CAUSAL = "causal:";

  private ForeignTags() {}

  static CapabilityTags stripped(CapabilityTags said) {
    Map<String, String> metadata = new TreeMap<>(said.metadata());
    metadata.keySet().removeAll(LOCAL_KEYS);
    List<String> tags = new ArrayList<>(said.tags().size());
    int blobs = 0;
    for (String tag : said.tags()) {
      if (tag.startsWith(BLOB_HEAT)) {
        if (blobs++ < MAX_BLOB_HEAT) {
          tags.add(tag);
        }
      } else if (!tag.startsWith(HEAT) || isClaimed(chain(tag), said.tags())) {
        tags.add(tag);
      }
    }
    return CapabilityTags.of(tags, metadata);
  }

  /** The chain that a tag says is hot. */
  private static String chain(String heatTag) {
    int end = heatTag.indexOf('=');
    return heatTag.substring(HEAT.length(), end < 0 ? heatTag.length() : end);
  }

  private static boolean isClaimed(String chain, List<String> tags) {
    String claim = CAUSAL + chain;
    return tags.stream()
        .anyMatch(
            tag ->
                tag.startsWith(claim)
                    && (tag.length() == claim.length()
                        || tag.charAt(claim.length()) == ':'
                        || tag.charAt(claim.length()) == '['));
  }
}
