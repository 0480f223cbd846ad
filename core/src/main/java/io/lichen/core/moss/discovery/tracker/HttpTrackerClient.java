// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Announces over HTTP and HTTPS (docs/wire/moss-discovery.md, "HTTP trackers"). Redirects are not
 * followed: a tracker must not choose what else this machine asks for.
 */
public final class HttpTrackerClient implements TrackerClient {
  /** The longest answer that is read. */
  static final int MAX_BODY_BYTES = 128 << 10;

  private final HttpClient http;

  /** Makes one whose work is done by the executor. */
  public HttpTrackerClient(Executor executor) {
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(executor)
            .build();
  }

  @Override
  public AnnounceResponse announce(URI tracker, AnnounceRequest request, Duration timeout)
      throws TrackerException, InterruptedException {
    BodyHandler<byte[]> body = BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY_BYTES);
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request(tracker, request), body);
    try {
      return HttpAnnounceCodec.decode(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS).body());
    } catch (TimeoutException e) {
      throw new TrackerException("no answer within " + timeout.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw new TrackerException("the tracker cannot be asked: " + e.getCause(), e);
    } finally {
      answer.cancel(true);
    }
  }

  private static HttpRequest request(URI tracker, AnnounceRequest request) throws TrackerException {
    if (tracker.getHost() == null) {
      throw new TrackerException("no host in the tracker's URL " + tracker);
    }
    String path = tracker.getRawPath().isEmpty() ? "/" : tracker.getRawPath();
    String query = HttpAnnounceCodec.query(tracker.getRawQuery(), request);
    String place = tracker.getScheme() + "://" + tracker.getRawAuthority();
    try {
      return HttpRequest.newBuilder(URI.create(place + path + "?" + query)).build();
    } catch (IllegalArgumentException e) {
      throw new TrackerException("no URL of a tracker: " + tracker, e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
