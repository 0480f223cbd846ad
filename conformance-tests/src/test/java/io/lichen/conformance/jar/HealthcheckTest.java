// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.lichen.conformance.Skip;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The container's health check, against a server that says what it is told to. */
class HealthcheckTest {
  private static final Path SCRIPT = Path.of("..", "packaging", "container", "healthcheck");

  @BeforeEach
  void assumeBash() {
    Skip.unless(Files.isExecutable(Path.of("/bin/bash")), HealthcheckTest.class, "no bash");
  }

  @ParameterizedTest
  @CsvSource({"200, 127.0.0.1, true", "200, 0.0.0.0, true", "200, , true", "503, 0.0.0.0, false"})
  void shouldGoByWhatTheGatewayAnswers(int status, String host, boolean well) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/healthz",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    try {
      String address = (host == null ? "" : host) + ":" + server.getAddress().getPort();
      assertEquals(well, check(address) == 0);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void shouldNotBeWellWhenNobodyListens() throws Exception {
    assertNotEquals(0, check("127.0.0.1:1"));
  }

  @Test
  void shouldBeContentWithTheProcessWhereThereIsNoGateway() throws Exception {
    assertEquals(0, check(""));
  }

  private static int check(String address) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString());
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LICHEN_HTTP", address);
    Process process = builder.start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return process.exitValue();
  }
}
