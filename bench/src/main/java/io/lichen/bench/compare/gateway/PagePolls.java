// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** What a dashboard asks for, as often as it does, until it is interrupted. */
final class PagePolls implements Runnable {
  private record Poll(String path, int everySeconds) {}

  private static final List<Poll> POLLS =
      List.of(
          new Poll("v1/info", 5),
          new Poll("healthz", 5),
          new Poll("readyz", 5),
          new Poll("v1/peers", 2),
          new Poll("v1/channels", 3),
          new Poll("v1/nat", 10));

  private final int port;

  PagePolls(int port) {
    this.port = port;
  }

  @Override
  public void run() {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int second = 0; ; second++) {
        for (Poll poll : POLLS) {
          if (second % poll.everySeconds() == 0) {
            ask(client, poll.path());
          }
        }
        Thread.sleep(Duration.ofSeconds(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new IllegalStateException("the gateway does not answer", e);
    }
  }

  private void ask(HttpClient client, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/" + path);
    int status =
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray()).statusCode();
    if (status != 200) {
      throw new IllegalStateException(uri + " was answered with " + status);
    }
  }
}
