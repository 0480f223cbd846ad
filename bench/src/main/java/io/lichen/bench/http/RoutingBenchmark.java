// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.http;

import io.lichen.bench.CostBenchmark;
import io.lichen.gateway.http.Answer;
import io.lichen.gateway.http.Handler;
import io.lichen.gateway.http.Headers;
import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.Router;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * What a request costs between the server and the handler: a hundred literal routes, a hundred
 * patterns, one middleware.
 */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoutingBenchmark extends CostBenchmark {
  private static final int ROUTES = 100;

  private final Router router = router();
  private final Request literal = get("/v1/things/static50");
  private final Request first = get("/v1/kind0/17/items/4711");
  private final Request last = get("/v1/kind99/17/items/4711");
  private final Request encoded = get("/v1/kind99/%E2%9C%93/items/a%2Fb?limit=10");
  private final Request rest = get("/files/some/folder/with/a/file.txt");

  private static Router router() {
    Response empty = Response.of(204);
    Handler handler = request -> empty;
    Router router = new Router().use((request, next) -> next.handle(request));
    for (int i = 0; i < ROUTES; i++) {
      router.get("/v1/things/static" + i, handler);
      router.get("/v1/kind" + i + "/:id/items/:item", handler);
    }
    return router.get("/files/**", handler);
  }

  private static Request get(String target) {
    Headers headers =
        Headers.none()
            .add("Host", "127.0.0.1:8080")
            .add("User-Agent", "bench")
            .add("Accept", "*/*")
            .add("Connection", "keep-alive");
    InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    return Request.of("GET", target, headers, new byte[0], remote);
  }

  /** A route without a parameter. */
  @Benchmark
  public Answer literal() {
    return router.answer(literal);
  }

  /** The pattern that is tried first. */
  @Benchmark
  public Answer firstPattern() {
    return router.answer(first);
  }

  /** The pattern that is tried after ninety-nine others. */
  @Benchmark
  public Answer lastPattern() {
    return router.answer(last);
  }

  /** The same with segments to be decoded. */
  @Benchmark
  public Answer lastPatternEncoded() {
    return router.answer(encoded);
  }

  /** Behind them all. */
  @Benchmark
  public Answer anyNumberOfSegments() {
    return router.answer(rest);
  }
}
