// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import io.lichen.core.moss.discovery.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the trackers that are due of this node and hears of others, several at a time. One thread
 * calls it, and is blocked for as long as trackers take.
 */
public final class TrackerAnnouncer {
  /** Trackers asked at a time. */
  static final int PARALLEL = 5;

  private static final int NUM_WANT = 50;

  /**
   * What became of a round.
   *
   * @param asked how many trackers were due
   * @param answered how many of them answered
   * @param peers all that they named
   * @param error why the last one of those that failed did; null if none did
   */
  public record Round(int asked, int answered, Set<Endpoint> peers, @Nullable String error) {}

  private final TrackerClient client;
  private final TrackerSchedule schedule;
  private final ExecutorService executor;
  private final byte[] infoHash;
  private final byte[] peerId;
  private final int port;
  private final Duration timeout;
  private final LongSupplier clockNs;
  private final Semaphore permits = new Semaphore(PARALLEL);

  /**
   * Makes one.
   *
   * @param executor a thread for each task; not closed by this
   * @param port where this node listens
   * @param timeout of each announce
   */
  public TrackerAnnouncer(
      TrackerClient client,
      TrackerSchedule schedule,
      ExecutorService executor,
      byte[] infoHash,
      byte[] peerId,
      int port,
      Duration timeout,
      LongSupplier clockNs) {
    this.client = client;
    this.schedule = schedule;
    this.executor = executor;
    this.infoHash = infoHash.clone();
    this.peerId = peerId.clone();
    this.port = port;
    this.timeout = timeout;
    this.clockNs = clockNs;
  }

  /**
   * Asks the trackers that are due.
   *
   * @param lonely whether this node is without a peer
   * @param found is told of peers as soon as a tracker has named them, from any thread
   * @throws InterruptedException if the thread was interrupted; announces are given up then
   */
  public Round round(boolean lonely, Consumer<List<Endpoint>> found) throws InterruptedException {
    List<String> due = schedule.due(lonely, clockNs.getAsLong());
    List<Callable<AnnounceResponse>> questions = new ArrayList<>();
    for (String url : due) {
      AnnounceRequest request = request(schedule.event(url));
      questions.add(() -> announceInTurn(url, request, found));
    }
    List<Future<AnnounceResponse>> answers = ask(questions, turns(due) * timeout.toMillis());
    Set<Endpoint> peers = new HashSet<>();
    int answered = 0;
    String error = null;
    for (int i = 0; i < due.size(); i++) {
      try {
        AnnounceResponse response = answers.get(i).get();
        schedule.succeeded(due.get(i), response, clockNs.getAsLong());
        peers.addAll(response.peers());
        answered++;
      } catch (ExecutionException | CancellationException e) {
        schedule.failed(due.get(i), clockNs.getAsLong());
        error = due.get(i) + ": " + reason(e);
      }
    }
    return new Round(due.size(), answered, peers, error);
  }

  /**
   * Tells the trackers that know of this node that it goes, all at once; whoever does not answer in
   * time is left to forget it by itself.
   *
   * @param limit how long this may take
   */
  public void stopped(Duration limit) throws InterruptedException {
    AnnounceRequest goodbye = request(AnnounceEvent.STOPPED);
    List<Callable<AnnounceResponse>> goodbyes = new ArrayList<>();
    for (String url : schedule.announced()) {
      goodbyes.add(() -> announce(url, goodbye));
    }
    ask(goodbyes, limit.toMillis());
  }

  private List<Future<AnnounceResponse>> ask(
      List<Callable<AnnounceResponse>> questions, long limitMs) throws InterruptedException {
    return executor.invokeAll(questions, limitMs, TimeUnit.MILLISECONDS);
  }

  private static int turns(List<String> urls) {
    return (urls.size() + PARALLEL - 1) / PARALLEL;
  }

  private AnnounceResponse announceInTurn(
      String url, AnnounceRequest request, Consumer<List<Endpoint>> found)
      throws TrackerException, InterruptedException {
    permits.acquire();
    try {
      AnnounceResponse response = announce(url, request);
      found.accept(response.peers());
      return response;
    } finally {
      permits.release();
    }
  }

  private AnnounceResponse announce(String url, AnnounceRequest request)
      throws TrackerException, InterruptedException {
    try {
      return client.announce(URI.create(url), request, timeout);
    } catch (IllegalArgumentException e) {
      throw new TrackerException("no URL of a tracker", e);
    }
  }

  private AnnounceRequest request(AnnounceEvent event) {
    int numWant = event == AnnounceEvent.STOPPED ? 0 : NUM_WANT;
    return new AnnounceRequest(infoHash, peerId, port, event, numWant);
  }

  private static String reason(Exception e) {
    return e instanceof ExecutionException && e.getCause() != null
        ? String.valueOf(e.getCause().getMessage())
        : "no answer in time";
  }
}
