// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import io.lichen.core.nat.local.Uplink;
import io.lichen.core.nat.mapping.GatewayPort;
import io.lichen.core.nat.mapping.RouterPorts;
import io.lichen.nat.gateway.PortMapping;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One protocol, asked of all routers at the same time. */
public final class GatewayRound {
  private static final Duration RELEASE_LIMIT = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(GatewayRound.class);

  /** A port that is open at a router. */
  public record Opened(Uplink uplink, GatewayPort port, PortMapping mapping) {}

  private record Asked(Uplink uplink, GatewayPort port) {}

  private final MappingProtocol protocol;
  private final List<Asked> asked;
  private final List<MappingAttempt> attempts = new ArrayList<>();
  private final List<Opened> opened = new ArrayList<>();

  /** Prepares it. */
  public GatewayRound(MappingProtocol protocol, List<Uplink> uplinks, RouterPorts ports) {
    this.protocol = protocol;
    this.asked =
        uplinks.stream().map(uplink -> new Asked(uplink, ports.at(uplink, protocol))).toList();
  }

  /**
   * Asks them.
   *
   * @return those that have opened the port, in the order of the ways
   * @throws InterruptedException nothing is open then, as far as the routers answer
   */
  public List<Opened> open() throws InterruptedException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<PortMapping>> questions = new ArrayList<>();
      asked.forEach(each -> questions.add(each.port::open));
      List<Future<PortMapping>> answers = executor.invokeAll(questions);
      for (int i = 0; i < asked.size(); i++) {
        note(asked.get(i), answers.get(i));
      }
    } catch (InterruptedException e) {
      releaseAllBut(null);
      throw e;
    }
    return List.copyOf(opened);
  }

  private void note(Asked each, Future<PortMapping> answer) throws InterruptedException {
    try {
      PortMapping mapping = answer.get();
      opened.add(new Opened(each.uplink, each.port, mapping));
      attempts.add(new MappingAttempt(protocol, each.uplink.gateway(), mapping, ""));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (!(cause instanceof IOException)) {
        LOG.warn("A fault while {} was asked by {}", each.uplink, protocol.label(), cause);
      }
      String failure =
          cause == null || cause.getMessage() == null ? "" + cause : cause.getMessage();
      attempts.add(new MappingAttempt(protocol, each.uplink.gateway(), null, failure));
    }
  }

  /** What became of each question. */
  public List<MappingAttempt> attempts() {
    return List.copyOf(attempts);
  }

  /** Gives back what was opened, but for one. */
  public void releaseAllBut(@Nullable GatewayPort kept) throws InterruptedException {
    for (Asked each : asked) {
      if (each.port != kept) {
        each.port.release(RELEASE_LIMIT);
      }
    }
  }
}
