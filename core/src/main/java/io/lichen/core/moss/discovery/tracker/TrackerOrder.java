// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * In which order trackers are asked: while nothing is known of them, each goes first once; then
 * those that answer come before those that do not (docs/wire/moss-discovery.md, "When"). Not
 * thread-safe.
 */
public final class TrackerOrder {
  private static final class History {
    int failures;
    long lastSuccess;
  }

  private final List<String> urls;
  private final Map<String, History> records = new HashMap<>();
  private int rotation;
  private long successes;

  /** Orders these. */
  public TrackerOrder(List<String> urls) {
    this.urls = List.copyOf(urls);
  }

  /** All trackers, the first to be asked first. */
  public List<String> next() {
    List<String> order = new ArrayList<>(urls);
    if (records.isEmpty()) {
      Collections.rotate(order, -rotation);
      rotation = urls.isEmpty() ? 0 : (rotation + 1) % urls.size();
      return order;
    }
    order.sort(
        Comparator.comparingInt(this::failures)
            .thenComparing(url -> -lastSuccess(url))
            .thenComparing(Comparator.naturalOrder()));
    return order;
  }

  /** A tracker has answered. */
  public void succeeded(String url) {
    History known = of(url);
    known.failures = 0;
    known.lastSuccess = ++successes;
  }

  /** A tracker has not. */
  public void failed(String url) {
    of(url).failures++;
  }

  /** How often in a row a tracker has not answered. */
  public int failures(String url) {
    History known = records.get(url);
    return known == null ? 0 : known.failures;
  }

  private long lastSuccess(String url) {
    History known = records.get(url);
    return known == null ? 0 : known.lastSuccess;
  }

  private History of(String url) {
    return records.computeIfAbsent(url, unused -> new History());
  }
}
