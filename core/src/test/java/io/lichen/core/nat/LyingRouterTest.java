// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Routers that say what is not so, or nothing, or far too much. */
@Timeout(90)
class LyingRouterTest {
  private static final String NAT_PMP = "NAT-PMP 203.0.113.9:" + MapperRun.PORT + " [UDP, TCP]";

  private final FakeRouter router;

  LyingRouterTest() throws IOException {
    router = new FakeRouter();
  }

  @AfterEach
  void closeRouter() {
    router.close();
  }

  /** What a description or an answer to a call may be. */
  enum Nonsense implements FakeIgd.Trick {
    NO_XML {
      @Override
      public void handle(HttpExchange exchange) throws IOException {
        FakeIgd.answer(exchange, 200, "<root><never closed");
      }
    },
    EMPTY {
      @Override
      public void handle(HttpExchange exchange) throws IOException {
        FakeIgd.answer(exchange, 200, "");
      }
    },
    REFUSAL {
      @Override
      public void handle(HttpExchange exchange) throws IOException {
        FakeIgd.answer(exchange, 404, "nothing here");
      }
    },
    REDIRECTION {
      @Override
      public void handle(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
        FakeIgd.answer(exchange, 302, "");
      }
    },
    ENTITIES {
      @Override
      public void handle(HttpExchange exchange) throws IOException {
        FakeIgd.answer(
            exchange,
            200,
            "<!DOCTYPE r [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><r><URLBase>&a;</URLBase></r>");
      }
    },
    ENDLESS {
      @Override
      public void handle(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] zeros = new byte[1 << 16];
        try (OutputStream out = exchange.getResponseBody()) {
          for (int i = 0; i < 1 << 10; i++) {
            out.write(zeros);
          }
        }
      }
    },
    SLOW {
      @Override
      public void handle(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1 << 10);
        try (OutputStream out = exchange.getResponseBody()) {
          for (int i = 0; i < 1 << 10; i++) {
            out.write(' ');
            out.flush();
            LockSupport.parkNanos(100_000_000L);
          }
        }
      }
    },
    HANGING_UP {
      @Override
      public void handle(HttpExchange exchange) throws IOException {
        throw new IOException("on purpose");
      }
    }
  }

  @Test
  void shouldTurnToAnotherProtocolAfterNonsenseForDescription() throws Exception {
    turnsToAnotherProtocol((igd, nonsense) -> igd.description = nonsense);
  }

  @Test
  void shouldTurnToAnotherProtocolAfterNonsenseForAnAnswer() throws Exception {
    turnsToAnotherProtocol((igd, nonsense) -> igd.control = nonsense);
  }

  /** All kinds at the same time, each with a router of its own. */
  private static void turnsToAnotherProtocol(BiConsumer<FakeIgd, Nonsense> setting)
      throws Exception {
    List<FakeRouter> routers = new ArrayList<>();
    Map<Nonsense, MapperRun> runs = new EnumMap<>(Nonsense.class);
    try {
      for (Nonsense nonsense : Nonsense.values()) {
        FakeRouter lying = new FakeRouter();
        routers.add(lying);
        setting.accept(lying.igd, nonsense);
        runs.put(nonsense, MapperRun.at(lying, MappingProtocol.UPNP, MappingProtocol.NAT_PMP));
      }
      for (Map.Entry<Nonsense, MapperRun> each : runs.entrySet()) {
        Nonsense nonsense = each.getKey();
        MapperRun run = each.getValue();
        assertEquals(NAT_PMP, run.next(), nonsense.name());
        assertNotEquals("", run.mapper.attempts().getFirst().failure(), nonsense.name());
      }
    } finally {
      runs.values().forEach(MapperRun::close);
      routers.forEach(FakeRouter::close);
    }
  }

  @Test
  void shouldStopInTimeInTheMiddleOfSlowAnswer() throws Exception {
    AtomicBoolean asked = new AtomicBoolean();
    router.igd.description =
        exchange -> {
          asked.set(true);
          Nonsense.SLOW.handle(exchange);
        };
    MapperRun run = MapperRun.at(router, MappingProtocol.UPNP);
    MapperRun.await("asked", asked::get);
    long startNs = System.nanoTime();
    run.close();
    Duration took = Duration.ofNanos(System.nanoTime() - startNs);
    assertTrue(took.compareTo(Duration.ofSeconds(2)) < 0, "" + took);
  }

  @Test
  void shouldAskBeforeLeasesEndThatAreShorterThanWanted() throws Exception {
    router.leaseSeconds = 2;
    try (MapperRun run = MapperRun.at(router, MappingProtocol.PCP)) {
      run.next();
      int asked = router.questions.get();
      MapperRun.await("renewed thrice", () -> router.questions.get() >= asked + 6);
      assertEquals(List.of(), run.rest());
    }
  }

  @Test
  void shouldHaveForgottenPortBackWithinTwoIntervals() throws Exception {
    try (MapperRun run = MapperRun.at(router, MappingProtocol.UPNP)) {
      run.next();
      router.open.clear();
      MapperRun.await("open again", () -> router.open.size() == 2);
      assertEquals(List.of(), run.rest());
    }
  }

  @Test
  void shouldNotBelieveImpossibleAddressAndLeaveNothingOpen() throws Exception {
    router.external = InetAddress.ofLiteral("127.0.0.1");
    try (MapperRun run = MapperRun.at(router, MappingProtocol.values())) {
      String failure = run.next();
      assertTrue(failure.contains("NAT-PMP: the gateway has no external address"), failure);
      assertEquals(List.of(), router.openPorts());
    }
  }

  @Test
  void shouldSurviveAnyDatagram() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    router.twist =
        answer -> {
          byte[] twisted = Arrays.copyOf(answer, random.nextInt(answer.length + 8));
          for (int i = 0; i < 3 && twisted.length > 0; i++) {
            twisted[random.nextInt(twisted.length)] = (byte) random.nextInt();
          }
          return twisted;
        };
    try (MapperRun run = MapperRun.at(router, MappingProtocol.NAT_PMP, MappingProtocol.PCP)) {
      MapperRun.await("asked, seed " + seed, () -> router.questions.get() > 20);
      router.twist = answer -> answer;
      MapperRun.await("open in the end, seed " + seed, () -> router.openPorts().size() == 2);
      MapperRun.await("known to be, seed " + seed, () -> run.counters.found.sum() > 0);
    }
  }
}
