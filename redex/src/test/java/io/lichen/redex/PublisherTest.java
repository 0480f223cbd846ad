// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The publisher of a log keeps the rules of reactive streams; their numbers stand with the tests.
 */
@Timeout(60)
class PublisherTest {
  private static final String SUBSCRIBED = "subscribed";
  private static final String COMPLETE = "complete";

  private final Redex redex = Redex.inMemory();
  private final RedexFile log =
      redex.open("a", RedexConfig.inMemory().withRetention(Retention.ALL.withMaxRecords(2)));

  /** Writes down what it is told: {@link #SUBSCRIBED}, items, {@link #COMPLETE}, failures. */
  private static class Subscriber implements Flow.Subscriber<RedexItem> {
    final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final BlockingQueue<RedexSubscription> subscription = new LinkedBlockingQueue<>();

    RedexSubscription subscription() throws InterruptedException {
      RedexSubscription taken = subscription.take();
      subscription.add(taken);
      return taken;
    }

    private void see(Object what) {
      assertEquals(1, inside.incrementAndGet(), "1.3: one call at a time");
      seen.add(what);
      inside.decrementAndGet();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      see(SUBSCRIBED);
      subscription.add(assertInstanceOf(RedexSubscription.class, given));
    }

    @Override
    public void onNext(RedexItem item) {
      see(item instanceof RedexRecord record ? record.seq() : item);
    }

    @Override
    public void onError(Throwable failure) {
      see(failure);
    }

    @Override
    public void onComplete() {
      see(COMPLETE);
    }

    void expect(Object... expected) throws InterruptedException {
      for (Object each : expected) {
        assertEquals(each, seen.take());
      }
    }
  }

  @AfterEach
  void close() {
    redex.close();
  }

  private void append(int count) {
    IntStream.range(0, count).forEach(i -> log.append(new byte[] {(byte) i}));
  }

  private <S extends Subscriber> S subscribed(S subscriber) throws InterruptedException {
    log.publisher(0).subscribe(subscriber);
    subscriber.expect(SUBSCRIBED);
    return subscriber;
  }

  /** By the time that another one has been given all there is, it must have got nothing. */
  private void expectNothingMore(Subscriber subscriber) throws InterruptedException {
    Subscriber other = subscribed(new Subscriber());
    other.subscription().request(Long.MAX_VALUE);
    for (long seq = 0; seq < log.nextSeq(); seq++) {
      other.expect(seq);
    }
    other.subscription().cancel();
    assertEquals(List.of(), List.copyOf(subscriber.seen));
  }

  /** Rules 1.1, 1.9, 3.8. */
  @Test
  void shouldGiveNoMoreThanWasAskedFor() throws InterruptedException {
    append(5);
    Subscriber subscriber = subscribed(new Subscriber());
    expectNothingMore(subscriber);
    subscriber.subscription().request(2);
    subscriber.expect(0L, 1L);
    expectNothingMore(subscriber);
    assertEquals(3, subscriber.subscription().lag());
    subscriber.subscription().request(1);
    subscriber.subscription().request(Long.MAX_VALUE);
    subscriber.expect(2L, 3L, 4L);
    append(1);
    subscriber.expect(5L);
    assertEquals(6, subscriber.subscription().position());
  }

  /** Rules 1.5, 1.7: an end needs no demand, and is the last that is said. */
  @Test
  void shouldCompleteWithoutDemandWhenTheLogIsClosed() throws InterruptedException {
    Subscriber subscriber = subscribed(new Subscriber());
    log.close();
    subscriber.expect(COMPLETE);
  }

  @Test
  void shouldCompleteOnlyAfterAllWasHandedOut() throws InterruptedException {
    append(2);
    Subscriber subscriber = subscribed(new Subscriber());
    log.close();
    expectNothingMore(subscriber);
    subscriber.subscription().request(2);
    subscriber.expect(0L, 1L, COMPLETE);
  }

  @Test
  void shouldTellASubscriberThatLaggedWhatItMissedAndGoOn() throws InterruptedException {
    append(1);
    Subscriber subscriber = subscribed(new Subscriber());
    subscriber.subscription().request(1);
    subscriber.expect(0L);
    append(9);
    log.sweepRetention();
    subscriber.subscription().request(Long.MAX_VALUE);
    List<Object> seen = List.of(subscriber.seen.take(), subscriber.seen.take());
    // Record 1 may have been looked at before it was evicted.
    if (seen.getFirst() instanceof RedexGap) {
      assertEquals(List.of(new RedexGap(1, 8), 8L), seen);
    } else {
      assertEquals(List.of(1L, new RedexGap(2, 8)), seen);
      subscriber.expect(8L);
    }
    subscriber.expect(9L);
    assertTrue(subscriber.subscription().missed() >= 6);
  }

  /** Rule 3.9. */
  @Test
  void shouldFailASubscriberThatAsksForNothing() throws InterruptedException {
    Subscriber waits = subscribed(new Subscriber());
    waits.subscription().request(0);
    assertInstanceOf(IllegalArgumentException.class, waits.seen.take());
    append(1);
    Subscriber owed = subscribed(new Subscriber());
    owed.subscription().request(-1);
    assertInstanceOf(IllegalArgumentException.class, owed.seen.take());
    owed.subscription().request(1);
    expectNothingMore(owed);
  }

  /** Rules 1.8, 3.5, 3.6, 3.7, 3.12. */
  @Test
  void shouldStopForASubscriberThatCancels() throws InterruptedException {
    append(3);
    Subscriber subscriber =
        subscribed(
            new Subscriber() {
              @Override
              public void onNext(RedexItem item) {
                super.onNext(item);
                try {
                  subscription().cancel();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              }
            });
    subscriber.subscription().request(3);
    subscriber.expect(0L);
    subscriber.subscription().cancel();
    subscriber.subscription().request(1);
    log.close();
    expectNothingMore(subscriber);
  }

  /** Rule 3.3: asking within a call does not call again before it returns. */
  @Test
  void shouldNotCallASubscriberWithinItsCall() throws InterruptedException {
    int count = 100_000;
    append(count);
    AtomicInteger depth = new AtomicInteger();
    Subscriber subscriber =
        new Subscriber() {
          @Override
          public void onNext(RedexItem item) {
            assertEquals(1, depth.incrementAndGet());
            try {
              subscription().request(1);
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            super.onNext(item);
            depth.decrementAndGet();
          }
        };
    subscribed(subscriber).subscription().request(1);
    for (long seq = 0; seq < count; seq++) {
      subscriber.expect(seq);
    }
  }

  /** Rule 2.13, as far as a publisher can help: others are not hurt. */
  @Test
  void shouldDropASubscriberThatThrows() throws InterruptedException {
    append(2);
    Subscriber bad =
        subscribed(
            new Subscriber() {
              @Override
              public void onNext(RedexItem item) {
                super.onNext(item);
                throw new IllegalStateException("no");
              }
            });
    bad.subscription().request(2);
    bad.expect(0L);
    expectNothingMore(bad);
  }

  /** Rules 1.4, 1.9: a failure is said after the subscription. */
  @Test
  void shouldFailSubscribersOfALogThatCannotBeRead() throws InterruptedException {
    append(1);
    redex.close();
    Subscriber subscriber = subscribed(new Subscriber());
    RedexException failure = assertInstanceOf(RedexException.class, subscriber.seen.take());
    assertEquals(RedexError.CLOSED, failure.error());
  }

  /** Rule 1.9. */
  @Test
  void shouldRefuseNoSubscriber() {
    Flow.Publisher<RedexItem> publisher = log.publisher(0);
    assertThrows(NullPointerException.class, () -> subscribeNobody(publisher));
  }

  @SuppressWarnings("NullAway") // the point of the test
  private static void subscribeNobody(Flow.Publisher<RedexItem> publisher) {
    publisher.subscribe(null);
  }
}
