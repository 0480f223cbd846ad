// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executor;

/** Announces by the scheme of a tracker's URL: {@code http}, {@code https} or {@code udp}. */
public final class Trackers implements TrackerClient {
  private final TrackerClient http;
  private final TrackerClient udp;

  /** Makes one whose HTTP work is done by the executor. */
  public Trackers(Executor executor) {
    this.http = new HttpTrackerClient(executor);
    this.udp = new UdpTrackerClient();
  }

  @Override
  public AnnounceResponse announce(URI tracker, AnnounceRequest request, Duration timeout)
      throws TrackerException, InterruptedException {
    String scheme = tracker.getScheme() == null ? "" : tracker.getScheme().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "http", "https" -> http.announce(tracker, request, timeout);
      case "udp" -> udp.announce(tracker, request, timeout);
      default ->
          throw new TrackerException(
              "the scheme of '" + tracker + "' is neither udp nor http nor https");
    };
  }

  @Override
  public void close() {
    http.close();
    udp.close();
  }
}
