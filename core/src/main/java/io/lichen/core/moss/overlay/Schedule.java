// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.overlay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When a topic's record is to be published next, and when others on it may be searched for: at once
 * when the topic is new, soon after a peer has joined who may not know or may know more, and
 * regularly. Not thread-safe.
 */
final class Schedule {
  /** Between two publications of a record, which is well within its life of 90 s. */
  static final long PUBLISH_NS = 30_000_000_000L;

  /** Between two searches for a topic. */
  static final long SEARCH_NS = 15_000_000_000L;

  /** The least time between two of either, however many peers join. */
  static final long MIN_NS = 3_000_000_000L;

  /** How long a peer that has joined is given to introduce itself. */
  static final long JOINED_NS = 1_000_000_000L;

  private static final class Times {
    long publishNs;
    long searchNs;
    long publishedNs;
    long searchedNs;

    Times(long nowNs) {
      publishNs = nowNs;
      searchNs = nowNs;
      publishedNs = nowNs - MIN_NS;
      searchedNs = nowNs - MIN_NS;
    }
  }

  private final Map<String, Times> topics = new LinkedHashMap<>();

  /** These are the topics now. */
  void update(Set<String> current, long nowNs) {
    topics.keySet().retainAll(current);
    for (String topic : current) {
      topics.computeIfAbsent(topic, unused -> new Times(nowNs));
    }
  }

  /** A peer has joined. */
  void joined(long nowNs) {
    long soon = nowNs + JOINED_NS;
    for (Times times : topics.values()) {
      times.publishNs = earlier(times.publishNs, later(soon, times.publishedNs + MIN_NS));
      times.searchNs = earlier(times.searchNs, later(soon, times.searchedNs + MIN_NS));
    }
  }

  /** At most so many topics whose record is due; they count as published. */
  List<String> takeToPublish(int most, long nowNs) {
    List<String> due = new ArrayList<>();
    for (Map.Entry<String, Times> entry : topics.entrySet()) {
      Times times = entry.getValue();
      if (due.size() < most && nowNs - times.publishNs >= 0) {
        times.publishedNs = nowNs;
        times.publishNs = nowNs + PUBLISH_NS;
        due.add(entry.getKey());
      }
    }
    return due;
  }

  /** The topics that may be searched for now. */
  List<String> toSearch(long nowNs) {
    List<String> due = new ArrayList<>();
    topics.forEach(
        (topic, times) -> {
          if (nowNs - times.searchNs >= 0) {
            due.add(topic);
          }
        });
    return due;
  }

  /** A search has begun. */
  void searched(String topic, long nowNs) {
    Times times = topics.get(topic);
    if (times != null) {
      times.searchedNs = nowNs;
      times.searchNs = nowNs + SEARCH_NS;
    }
  }

  private static long earlier(long aNs, long bNs) {
    return aNs - bNs < 0 ? aNs : bNs;
  }

  private static long later(long aNs, long bNs) {
    return aNs - bNs > 0 ? aNs : bNs;
  }
}
