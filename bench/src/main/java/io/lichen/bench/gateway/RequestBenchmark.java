// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.gateway;

import io.lichen.gateway.http.HttpServer;
import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.Router;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** Small requests over connections that stay open, client and server on the same machine. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class RequestBenchmark {
  private static final byte[] REQUEST =
      "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** The server. */
  @State(Scope.Benchmark)
  public static class Server {
    private final HttpServer http =
        HttpServer.builder(new Router().get("/hello", request -> Response.text("hello"))).start();

    /** Stops it. */
    @TearDown
    public void stop() {
      http.close();
    }
  }

  /** A connection. */
  @State(Scope.Thread)
  public static class Client {
    private final byte[] buffer = new byte[4096];
    private Socket socket = new Socket();

    /** Connects. */
    @Setup
    public void connect(Server server) throws IOException {
      socket = new Socket(server.http.address().getAddress(), server.http.address().getPort());
      socket.setTcpNoDelay(true);
    }

    /** Disconnects. */
    @TearDown
    public void disconnect() throws IOException {
      socket.close();
    }

    private int ask() throws IOException {
      socket.getOutputStream().write(REQUEST);
      int length = 0;
      // The response is done with the body's last letter, with which no line of its header ends.
      while (length == 0 || buffer[length - 1] != 'o') {
        length += socket.getInputStream().read(buffer, length, buffer.length - length);
      }
      return length;
    }
  }

  /** One client that waits for each response. */
  @Benchmark
  public int alone(Client client) throws IOException {
    return client.ask();
  }

  /** Sixteen of them. */
  @Benchmark
  @Threads(16)
  public int together(Client client) throws IOException {
    return client.ask();
  }
}
