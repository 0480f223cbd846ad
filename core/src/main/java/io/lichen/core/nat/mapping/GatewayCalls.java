// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.mapping;

import io.lichen.nat.upnp.GatewayHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls to a router's HTTP server, in turns that each have a limit for all calls together. Between
 * turns there is neither connection nor thread. Redirections are not followed, and no proxy is
 * used: a router must not choose what else this machine asks for.
 */
final class GatewayCalls implements GatewayHttp {
  /** For one answer, as upstream waits. */
  private static final Duration CALL_LIMIT = Duration.ofSeconds(3);

  private final InetAddress local;
  private @Nullable HttpClient http;
  private long deadlineNs;

  /**
   * Makes one.
   *
   * @param local this machine's end
   */
  GatewayCalls(InetAddress local) {
    this.local = local;
  }

  /** What is called in one turn. */
  interface Turn<T> {
    T run() throws IOException, InterruptedException;
  }

  /** Takes a turn: in it, and only in it, calls can be made. */
  <T> T during(Duration limit, Turn<T> turn) throws IOException, InterruptedException {
    deadlineNs = System.nanoTime() + limit.toNanos();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      HttpClient client = client(executor);
      http = client;
      try {
        return turn.run();
      } finally {
        http = null;
        client.shutdownNow();
        executor.shutdownNow();
      }
    }
  }

  private HttpClient client(ExecutorService executor) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY)
        .localAddress(local)
        .executor(executor)
        .build();
  }

  @Override
  public Answer get(URI uri) throws IOException, InterruptedException {
    return answer(request(uri).build());
  }

  @Override
  public Answer post(URI uri, Map<String, String> headers, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(uri).POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    return answer(request.build());
  }

  private static HttpRequest.Builder request(URI uri) throws IOException {
    try {
      return HttpRequest.newBuilder(uri);
    } catch (IllegalArgumentException e) {
      throw new IOException("the gateway names no address that can be asked: " + uri, e);
    }
  }

  private Answer answer(HttpRequest request) throws IOException, InterruptedException {
    HttpClient client = http;
    long limitNs = Math.min(CALL_LIMIT.toNanos(), deadlineNs - System.nanoTime());
    if (client == null || limitNs <= 0) {
      throw new IOException("the gateway's HTTP server takes too long");
    }
    CompletableFuture<HttpResponse<byte[]>> asked =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
    try {
      HttpResponse<byte[]> response = asked.get(limitNs, TimeUnit.NANOSECONDS);
      return new Answer(response.statusCode(), response.body());
    } catch (TimeoutException e) {
      throw new IOException("the gateway's HTTP server does not answer in time", e);
    } catch (ExecutionException e) {
      throw new IOException("the gateway's HTTP server cannot be asked: " + e.getCause(), e);
    } finally {
      asked.cancel(true);
    }
  }
}
