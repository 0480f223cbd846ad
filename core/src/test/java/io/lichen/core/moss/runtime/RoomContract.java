// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static io.lichen.core.moss.runtime.TestNodes.plan;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.MossRoom;
import io.lichen.core.moss.runtime.TestNodes.TestNode;
import io.lichen.core.moss.runtime.publish.Rooms;
import io.lichen.transport.moss.Era;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a node does with further rooms, whatever carries its sessions. */
abstract class RoomContract extends EventContract {
  private static final byte[] PSK = "any length is a secret".getBytes(UTF_8);

  /**
   * Waits until somebody is known to listen: who subscribes while it has a session says so a moment
   * later.
   */
  private static void awaitListener(MossRoom room) {
    TestNodes.await(
        "another is on chat",
        () -> {
          try {
            return room.publish("chat", new byte[0]).peers() == 1;
          } catch (MossException e) {
            assertEquals(MossError.NO_PEERS, e.error());
            return false;
          }
        });
  }

  /** Says it to one other, once: what nobody was there for is offered to who comes. */
  private static void say(MossRoom room, String text) {
    awaitListener(room);
    room.publish("chat", text.getBytes(UTF_8));
  }

  /** The next message that says something. */
  private static String next(TestNode node) throws InterruptedException {
    MossMessage message = take(node);
    while (message.data().length == 0) {
      message = take(node);
    }
    return line(message);
  }

  private static String line(MossMessage message) {
    return message.room() + "/" + message.channel() + ": " + new String(message.data(), UTF_8);
  }

  private static void assertNothingMore(TestNode node) throws InterruptedException {
    MossMessage surplus = node.messages().poll(100, TimeUnit.MILLISECONDS);
    while (surplus != null) {
      assertEquals(0, surplus.data().length, line(surplus));
      surplus = node.messages().poll(100, TimeUnit.MILLISECONDS);
    }
  }

  /** Two connected nodes. */
  private List<TestNode> pair() {
    TestNode a = nodes.started(plan());
    TestNode b = nodes.started(plan());
    b.node().connect(a.address());
    return List.of(a, b);
  }

  @Test
  void shouldTellTheSameChannelOfTwoRoomsApart() throws Exception {
    List<TestNode> pair = pair();
    TestNode a = pair.getFirst();
    TestNode b = pair.getLast();
    a.node().subscribe("chat");
    a.node().joinRoom("blue", PSK).subscribe("chat");
    a.node().joinRoom("green").subscribe("chat");
    say(b.node().joinRoom("blue", PSK), "in blue");
    assertEquals("blue/chat: in blue", next(a));
    say(b.node().joinRoom("green"), "in green");
    assertEquals("green/chat: in green", next(a));
    say(b.node().room(""), "at home");
    assertEquals("room/chat: at home", next(a));
    say(b.node().room("room"), "at home by its name");
    assertEquals("room/chat: at home by its name", next(a));
    assertNothingMore(a);
    assertEquals(List.of("chat", "chat", "chat"), a.node().info().channels());
  }

  @Test
  void shouldReachMembersOnly() throws Exception {
    TestNode a = nodes.started(plan());
    TestNode member = nodes.started(plan());
    TestNode otherKey = nodes.started(plan());
    TestNode noKey = nodes.started(plan());
    for (TestNode node : List.of(member, otherKey, noKey)) {
      node.node().connect(a.address());
      node.node().subscribe("chat");
    }
    member.node().joinRoom("blue", PSK).subscribe("chat");
    otherKey.node().joinRoom("blue", new byte[] {1}).subscribe("chat");
    noKey.node().joinRoom("blue").subscribe("chat");
    say(a.node().joinRoom("blue", PSK), "secret");
    assertEquals("blue/chat: secret", next(member));
    assertNothingMore(otherKey);
    assertNothingMore(noKey);
    assertCode(-6, () -> otherKey.node().room("blue").publish("chat", new byte[1]));
    assertNothingMore(a);
  }

  @Test
  void shouldEndTheSubscriptionsOfARoomThatIsLeft() throws Exception {
    List<TestNode> pair = pair();
    TestNode a = pair.getFirst();
    MossRoom blue = a.node().joinRoom("blue", PSK);
    blue.subscribe("chat");
    MossRoom other = pair.getLast().node().joinRoom("blue", PSK);
    say(other, "before");
    assertEquals("blue/chat: before", next(a));
    blue.leave();
    assertFalse(blue.isJoined());
    assertEquals(List.of(), blue.channels());
    assertEquals(List.of(), a.node().info().channels());
    assertCode(-14, () -> blue.publish("chat", new byte[1]));
    assertCode(-14, () -> blue.subscribe("chat"));
    assertCode(-14, () -> blue.unsubscribe("chat"));
    assertCode(-14, blue::leave);
    assertCode(-14, () -> a.node().room("blue"));
    other.publishAsync("chat", new byte[1]).handle((receipt, e) -> 0).join();
    assertNothingMore(a);
    MossRoom again = a.node().joinRoom("blue", PSK);
    assertEquals(List.of(), again.channels(), "nothing of the former membership is left");
    other.publishAsync("chat", new byte[1]).handle((receipt, e) -> 0).join();
    assertNothingMore(a);
    again.subscribe("chat");
    say(other, "probe");
    String heard = next(a);
    while (!heard.equals("blue/chat: probe")) {
      // What was said while it was away may be offered to it now.
      heard = next(a);
    }
    blue.close();
    assertTrue(again.isJoined(), "the former object ends nothing of the new membership");
  }

  @Test
  void shouldLeaveARoomFromACallbackOfThatRoom() throws Exception {
    List<TestNode> pair = pair();
    TestNode a = pair.getFirst();
    MossRoom blue = a.node().joinRoom("blue", PSK);
    blue.subscribe("chat");
    a.node()
        .onMessage(
            message -> {
              if (message.data().length > 0) {
                blue.leave();
                a.messages().add(message);
              }
            });
    MossRoom other = pair.getLast().node().joinRoom("blue", PSK);
    say(other, "one");
    for (int i = 0; i < 50; i++) {
      other.publishAsync("chat", new byte[1]).handle((receipt, e) -> 0).join();
    }
    assertEquals("blue/chat: one", next(a));
    assertFalse(blue.isJoined());
    assertNothingMore(a);
  }

  @Test
  void shouldJoinTwiceWithoutEffectAndMoveToAnotherKeyWithItsSubscriptions() throws Exception {
    List<TestNode> pair = pair();
    TestNode a = pair.getFirst();
    MossRoom first = a.node().joinRoom("blue", PSK);
    first.subscribe("chat");
    a.node().joinRoom("blue", PSK);
    assertTrue(first.isJoined(), "the same key, the same membership");
    assertEquals(List.of("chat"), a.node().room("blue").channels());
    MossRoom open = a.node().joinRoom("blue");
    assertFalse(first.isJoined());
    assertEquals(List.of("chat"), open.channels());
    say(pair.getLast().node().joinRoom("blue"), "open");
    assertEquals("blue/chat: open", next(a));
    MossRoom former = pair.getLast().node().joinRoom("blue", PSK);
    former.publishAsync("chat", PSK).handle((receipt, e) -> 0).join();
    assertNothingMore(a);
  }

  @Test
  void shouldAnswerRoomCallsWithTheCodesOfTheNativeApi() {
    TestNode made = nodes.made(plan());
    assertCode(-8, () -> made.node().joinRoom(""));
    assertCode(-8, () -> made.node().joinRoom("room", PSK));
    assertCode(-14, () -> made.node().room("r2"));
    assertCode(-14, () -> made.node().room("").leave());
    assertCode(-14, () -> made.node().room("room").leave());
    made.node().room("").close();
    MossRoom room = made.node().joinRoom("r2", new byte[] {1});
    room.subscribe("a");
    room.subscribe("a");
    assertEquals(List.of("a"), room.channels());
    room.unsubscribe("a");
    room.unsubscribe("a");
    room.unsubscribe("never");
    assertCode(-4, () -> room.subscribe(""));
    assertCode(-4, () -> room.unsubscribe("c".repeat(257)));
    assertCode(-4, () -> room.publish("", new byte[65_537]));
    assertCode(-5, () -> room.publish("a", new byte[65_509]));
    assertCode(-3, () -> room.publish("a", new byte[1]));
    made.node().start();
    assertCode(-6, () -> room.publish("a", new byte[65_508]));
    room.close();
    room.close();
    assertCode(-4, () -> room.subscribe(""));
    assertCode(-5, () -> room.publish("a", new byte[65_509]));
    assertCode(-14, () -> room.publish("a", new byte[1]));
    made.node().stop();
    assertCode(-3, () -> room.publish("a", new byte[1]));
    assertCode(-1, () -> made.node().joinRoom("r3"));
    assertCode(-1, () -> made.node().room("").subscribe("a"));
  }

  @Test
  void shouldTakeUpAtTheStartWhatRoomsWereToldBefore() throws Exception {
    TestNode a = nodes.made(plan());
    a.node().joinRoom("blue", PSK).subscribe("chat");
    a.node().joinRoom("gone").subscribe("chat");
    a.node().room("gone").leave();
    a.node().start();
    TestNode b = nodes.started(plan());
    b.node().connect(a.address());
    say(b.node().joinRoom("blue", PSK), "hello");
    assertEquals("blue/chat: hello", next(a));
    assertCode(-6, () -> b.node().joinRoom("gone").publish("chat", new byte[1]));
  }

  @Test
  void shouldBeInRoomsWithoutOneOfItsOwn() throws Exception {
    TestNode carrier = nodes.started(plan().meshId(""));
    MossRoom blue = carrier.node().joinRoom("blue", PSK);
    blue.subscribe("chat");
    carrier.node().subscribe("plain");
    assertEquals(65_536, carrier.node().maxPublishBytes());
    assertEquals(65_508, blue.maxPublishBytes());
    Set<Integer> lengths =
        carrier.node().info().channels().stream().map(String::length).collect(Collectors.toSet());
    assertEquals(Set.of("plain".length(), 22), lengths, "the topic of what it joined");
    TestNode b = nodes.started(plan());
    b.node().connect(carrier.address());
    say(b.node().joinRoom("blue", PSK), "hello");
    assertEquals("blue/chat: hello", next(carrier));
  }

  @Test
  void shouldRefuseAChannelThatIsAnotherRoomsTopicOnTheWire() {
    TestNode carrier = nodes.started(plan().meshId(""));
    MossRoom blue = carrier.node().joinRoom("blue", PSK);
    blue.subscribe("chat");
    String topic = carrier.node().info().channels().getFirst();
    assertCode(-8, () -> carrier.node().subscribe(topic));
    blue.leave();
    carrier.node().subscribe(topic);
    assertEquals(List.of(topic), carrier.node().room("").channels());
  }

  @Test
  void shouldHaveNoRoomsInEraA() {
    TestNode a = nodes.made(plan().era(Era.A));
    assertCode(-8, () -> a.node().joinRoom("blue", PSK));
    assertEquals("room", a.node().room("").id());
  }

  @Test
  void shouldBoundItsRooms() {
    TestNode a = nodes.made(plan());
    for (int i = 0; i < Rooms.MAX_JOINED; i++) {
      a.node().joinRoom("r" + i);
    }
    assertCode(-9, () -> a.node().joinRoom("one more"));
    a.node().joinRoom("r0");
    a.node().room("r1").leave();
    a.node().joinRoom("one more");
  }

  @Test
  void shouldPublishAsynchronouslyInARoom() throws Exception {
    List<TestNode> pair = pair();
    pair.getFirst().node().joinRoom("blue").subscribe("chat");
    MossRoom blue = pair.getLast().node().joinRoom("blue");
    awaitListener(blue);
    assertEquals(1, blue.publishAsync("chat", PSK).get(20, TimeUnit.SECONDS).peers());
    assertEquals("blue/chat: any length is a secret", next(pair.getFirst()));
  }
}
