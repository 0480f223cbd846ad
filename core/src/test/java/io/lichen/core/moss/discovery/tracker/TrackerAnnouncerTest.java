// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rounds and goodbyes over trackers that do not answer everything. */
@Timeout(60)
final class TrackerAnnouncerTest {
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final List<String> URLS =
      IntStream.range(0, 14).mapToObj(i -> "udp://tracker-" + i).toList();

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> saidGoodbyeTo = ConcurrentHashMap.newKeySet();

  @AfterEach
  void close() {
    executor.close();
  }

  private TrackerAnnouncer announcer(TrackerClient client) {
    return new TrackerAnnouncer(
        client,
        new TrackerSchedule(URLS, 1),
        executor,
        new byte[20],
        new byte[20],
        1000,
        LONG,
        System::nanoTime);
  }

  /** Answers everything but goodbyes, which it only returns from when it may. */
  private final class Silent implements TrackerClient {
    private final CountDownLatch mayReturn;
    private final AtomicInteger interrupted = new AtomicInteger();

    Silent(CountDownLatch mayReturn) {
      this.mayReturn = mayReturn;
    }

    @Override
    public AnnounceResponse announce(URI tracker, AnnounceRequest request, Duration timeout)
        throws InterruptedException {
      if (request.event() == AnnounceEvent.STOPPED) {
        saidGoodbyeTo.add(tracker.toString());
        mayReturn.countDown();
        try {
          mayReturn.await();
        } catch (InterruptedException e) {
          interrupted.incrementAndGet();
          throw e;
        }
      }
      return new AnnounceResponse(List.of(), 0, 0);
    }

    @Override
    public void close() {}
  }

  @Test
  void shouldSayGoodbyeToAllAtOnceSoThatTheSilentDoNotKeepItFromTheOthers() throws Exception {
    Silent client = new Silent(new CountDownLatch(URLS.size()));
    TrackerAnnouncer announcer = announcer(client);
    assertEquals(URLS.size(), announcer.round(true, peers -> {}).answered());
    announcer.stopped(LONG);
    assertEquals(Set.copyOf(URLS), saidGoodbyeTo);
    assertEquals(0, client.interrupted.get());
  }

  @Test
  void shouldNotWaitLongForAnAnswerToItsGoodbye() throws Exception {
    Silent client = new Silent(new CountDownLatch(URLS.size() + 1));
    TrackerAnnouncer announcer = announcer(client);
    announcer.round(true, peers -> {});
    announcer.stopped(Duration.ofMillis(500));
    executor.shutdown();
    executor.awaitTermination(20, TimeUnit.SECONDS);
    assertEquals(saidGoodbyeTo.size(), client.interrupted.get());
  }
}
