// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import static io.lichen.core.net.runtime.NetNodes.await;
import static io.lichen.core.net.runtime.NetNodes.bytes;
import static io.lichen.core.net.runtime.NetNodes.connect;
import static io.lichen.core.net.runtime.NetNodes.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.DeliveryOptions;
import io.lichen.core.net.DeliveryOptions.Overflow;
import io.lichen.core.net.NetError;
import io.lichen.core.net.NetEvent;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.PeerStream;
import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.SendVerdict;
import io.lichen.transport.net.StreamOptions;
import io.lichen.transport.net.StreamOptions.WhenFull;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscribers that do not keep up, over real sockets. */
class BackPressureTest {
  private static final int EVENT_BYTES = 1000;

  @AutoClose private final NetNodes nodes = new NetNodes(NetTransport::open);
  private NetNode sender = nodes.open();
  private NetNode receiver = nodes.open();

  @BeforeEach
  void connectNodes() {
    sender.start();
    receiver.start();
    connect(sender, receiver);
  }

  @Test
  void shouldStopASenderWhoseEventsAreNotConsumedAndLoseNothing() {
    DeliveryOptions small = DeliveryOptions.defaults().withQueueBytes(1 << 20);
    Listener<NetEvent> slow = Listener.to(receiver.events(small), 0, event -> {});
    PeerStream stream = failing(StreamOptions.ofReliable());
    int sent = sendUntilFull(stream);
    // An eighth of the queue, two windows, and what the sender itself keeps.
    assertTrue(sent * EVENT_BYTES < 2 << 20, () -> sent + " events");
    refused(NetError.MESH_BACKPRESSURE, () -> stream.send(List.of(new byte[EVENT_BYTES])));
    slow.subscription().request(Long.MAX_VALUE);
    List<Integer> numbers = slow.await(sent).stream().map(BackPressureTest::number).toList();
    assertEquals(IntStream.range(0, sent).boxed().toList(), numbers);
    await("there is room again", () -> stream.offer(List.of(bytes("more"))) == SendVerdict.SENT);
    slow.await(sent + 1);
    assertEquals(0, receiver.stats().eventsDropped());
  }

  @Test
  void shouldKeepTheNewestWhereTheReceiverWantsToKnowHowThingsAreNow() {
    assertEquals(999, last(Overflow.DROP_OLDEST, "drop_oldest"));
  }

  @Test
  void shouldKeepTheOldestWhereTheReceiverWantsAllOfWhatItHasBegun() {
    assertTrue(last(Overflow.DROP_NEWEST, "drop_newest") < 999);
  }

  /** The number of the last of 1000 events that is delivered to a receiver that comes late. */
  private int last(Overflow overflow, String policy) {
    DeliveryOptions options =
        DeliveryOptions.defaults().withOverflow(overflow).withQueueBytes(100_000);
    Listener<NetEvent> late = Listener.to(receiver.events(options), 0, event -> {});
    PeerStream stream = sender.openStream(receiver.nodeId(), 7, StreamOptions.ofReliable());
    IntStream.range(0, 1000).forEach(i -> stream.send(List.of(event(i))));
    await("all came", () -> receiver.stats().eventsReceived() == 1000);
    late.subscription().request(Long.MAX_VALUE);
    await("all is accounted for", () -> late.count() + receiver.stats().eventsDropped() == 1000);
    assertEquals(
        1000L - late.count(), NetNodeContract.counter(receiver, "events.dropped." + policy));
    assertTrue(late.count() > 50 && late.count() < 150, () -> late.count() + " kept");
    return number(late.got().getLast());
  }

  @Test
  void shouldServeAFastSubscriberWhateverASlowOneDoes() {
    Listener<NetEvent> stalled =
        Listener.to(
            receiver.events(
                DeliveryOptions.defaults().withOverflow(Overflow.DROP_OLDEST).withQueueBytes(5000)),
            0,
            event -> {});
    Listener<NetEvent> fast = Listener.to(receiver.events());
    PeerStream stream = sender.openStream(receiver.nodeId(), 7, StreamOptions.ofReliable());
    IntStream.range(0, 1000).forEach(i -> stream.send(List.of(event(i))));
    fast.await(1000);
    assertEquals(0, stalled.count());
  }

  @Test
  void shouldDeliverExactlyWhatIsAskedFor() {
    Listener<NetEvent> frugal = Listener.to(receiver.events(), 3, event -> {});
    PeerStream stream = sender.openStream(receiver.nodeId(), 7, StreamOptions.ofReliable());
    stream.send(IntStream.range(0, 5).mapToObj(BackPressureTest::event).toList());
    await("three are delivered", () -> receiver.stats().eventsDelivered() == 3);
    frugal.subscription().request(1);
    await("one more", () -> frugal.count() == 4);
    frugal.subscription().cancel();
    await("the fifth is given up", () -> receiver.stats().eventsDropped() == 1);
    assertEquals(4, frugal.count());
  }

  @Test
  void shouldEndASubscriptionThatAsksForNothing() {
    Listener<NetEvent> wrong = Listener.to(receiver.events(), 0, event -> {});
    wrong.subscription().request(0);
    await("it is told", () -> wrong.error() != null);
    assertInstanceOf(IllegalArgumentException.class, wrong.error());
  }

  @Test
  void shouldGoOnAfterASubscriberThrows() {
    Listener<NetEvent> angry =
        Listener.to(
            receiver.events(),
            Long.MAX_VALUE,
            event -> {
              throw new IllegalStateException("thrown by a test");
            });
    PeerStream stream = sender.openStream(receiver.nodeId(), 7, StreamOptions.ofReliable());
    stream.send(IntStream.range(0, 5).mapToObj(BackPressureTest::event).toList());
    assertEquals(5, angry.await(5).size());
    await("all are counted", () -> NetNodeContract.counter(receiver, "callback.failures") == 5);
  }

  private PeerStream failing(StreamOptions options) {
    return sender.openStream(receiver.nodeId(), 7, options.withWhenFull(WhenFull.FAIL));
  }

  /** Sends numbered events until there is no room for more; how many were sent. */
  private int sendUntilFull(PeerStream stream) {
    int sent = 0;
    long came;
    do {
      came = receiver.stats().eventsReceived();
      while (stream.offer(List.of(event(sent))) == SendVerdict.SENT) {
        sent++;
      }
      awaitHeartbeats(sender);
      awaitHeartbeats(receiver);
    } while (receiver.stats().eventsReceived() > came);
    return sent;
  }

  /** What was under way to a node has come when some more heartbeats have, on the same way. */
  private static void awaitHeartbeats(NetNode node) {
    long before = NetNodeContract.counter(node, "heartbeats.received");
    await("heartbeats", () -> NetNodeContract.counter(node, "heartbeats.received") >= before + 4);
  }

  private static byte[] event(int number) {
    byte[] event = new byte[EVENT_BYTES];
    byte[] text = bytes(Integer.toString(number));
    System.arraycopy(text, 0, event, 0, text.length);
    return event;
  }

  private static int number(NetEvent event) {
    return Integer.parseInt(NetNodes.text(event).trim());
  }
}
