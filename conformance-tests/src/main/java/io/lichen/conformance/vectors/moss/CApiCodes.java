// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.vectors.Trees;
import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.MossNode;
import io.lichen.crypto.PeerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sequences of calls of the native's C functions, by their Java equivalents. */
final class CApiCodes implements ApiCheck.Caller {
  private static final byte[] BIG = new byte[65_537];
  private static final byte[] ONE = {'x'};
  private static final byte[] HI = {'h', 'i'};
  private static final byte[] PROBE = {'p', 'r', 'o', 'b', 'e'};

  private final Nodes nodes = new Nodes();
  private final KeyStoreCalls keyStores = new KeyStoreCalls(nodes);
  private final MossNode a = nodes.make("m", 0);
  private final MossNode b = nodes.make("m", 0);
  private final List<MossMessage> messages = new CopyOnWriteArrayList<>();
  private final List<MossEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void call(String call, String sequence, ObjectNode row) {
    switch (sequence) {
      case "init" -> init(call, row);
      case "key store" -> keyStores.call(call, row);
      case "two nodes" -> twoNodes(call, row);
      default -> beforeStart(call, row);
    }
  }

  private void init(String call, ObjectNode row) {
    switch (call) {
      case "Init('m',NULL,'{')" ->
          row.put("result", Nodes.code(() -> MossNode.builder("m").config("{").build()));
      case "Init('m',NULL,config) > 0" ->
          row.put("result", Nodes.code(() -> nodes.make("m", 0)) == 0);
      case "Init('',NULL,config) > 0" ->
          row.put("result", Nodes.code(() -> nodes.make("", 0)) == 0);
      default -> throw new IllegalArgumentException(call);
    }
  }

  private void beforeStart(String call, ObjectNode row) {
    switch (call) {
      case "GetNetworkStats" -> row.put("result", a.networkStats().toJson());
      case "GetNATType" -> row.put("result", a.natType());
      case "Publish('a',x,1)" -> row.put("result", Nodes.code(() -> a.publish("a", ONE)));
      case "Publish('a',NULL,0)" ->
          row.put("result", Nodes.code(() -> a.publish("a", new byte[0])));
      case "Publish('',big,65537)" -> row.put("result", Nodes.code(() -> a.publish("", BIG)));
      case "Publish('a',big,65537)" -> row.put("result", Nodes.code(() -> a.publish("a", BIG)));
      // The C functions take a null string for the empty one.
      case "Publish(NULL,x,1)" -> row.put("result", Nodes.code(() -> a.publish("", ONE)));
      case "Subscribe(NULL)" -> row.put("result", Nodes.code(() -> a.subscribe("")));
      case "Subscribe('a')" -> row.put("result", Nodes.code(() -> a.subscribe("a")));
      case "Connect(NULL)" -> row.put("result", Nodes.code(() -> a.connect("")));
      case "RelaySendTo(64 a,x,1)" ->
          row.put("result", Nodes.code(() -> a.relaySendTo(PeerId.parse("a".repeat(64)), ONE)));
      case "Stop" -> row.put("result", Nodes.code(a::stop));
      default -> row.put("result", Nodes.code(() -> rooms(call)));
    }
  }

  private void rooms(String call) {
    switch (call) {
      case "JoinRoom(NULL)" -> a.joinRoom("");
      case "JoinRoom('m')" -> a.joinRoom("m");
      case "JoinRoom('r2',psk,1)" -> a.joinRoom("r2", ONE);
      case "SubscribeRoom('r2','a')" -> a.room("r2").subscribe("a");
      case "SubscribeRoom(NULL,'a')" -> a.room("").subscribe("a");
      case "PublishRoom('r3','a',x,1)" -> a.room("r3").publish("a", ONE);
      case "UnsubscribeRoom('r2','a')" -> a.room("r2").unsubscribe("a");
      case "LeaveRoom('m')" -> a.room("m").leave();
      case "LeaveRoom('r2')" -> a.room("r2").leave();
      default -> throw new IllegalArgumentException(call);
    }
  }

  private void twoNodes(String call, ObjectNode row) {
    switch (call) {
      case "messages seen by A" -> row.set("result", messagesOfA());
      case "events seen by A" -> row.set("result", eventsOfA());
      default -> row.put("result", Nodes.code(() -> twoNodes(call)));
    }
  }

  private void twoNodes(String call) {
    switch (call) {
      case "SetEventCallback" -> a.onEvent(events::add);
      case "SetCallback" -> a.onMessage(this::keep);
      case "Start A" -> a.start();
      case "Start B" -> b.start();
      case "Subscribe A" -> a.subscribe("a");
      case "Subscribe B" -> b.subscribe("a");
      case "Connect A->B" -> a.connect(Nodes.address(b));
      case "Publish B 'hi'" -> publishWhenHeard();
      case "Publish A 'hi' (own delivery too)" -> publishOnceAfterFirstMessage();
      case "Publish B empty" -> b.publish("a", new byte[0]);
      case "SetCallback NULL" -> a.onMessage(message -> {});
      case "Stop B" -> b.stop();
      case "Stop A" -> a.stop();
      default -> throw new IllegalArgumentException(call);
    }
  }

  /** With probes, until one finds the other side's subscription; what is asked for goes once. */
  private void publishWhenHeard() {
    Waits.holdsWithin(Nodes.PATIENCE, () -> Nodes.code(() -> b.publish("a", PROBE)) == 0);
    b.publish("a", HI);
  }

  private void keep(MossMessage message) {
    if (!Arrays.equals(message.data(), PROBE)) {
      messages.add(message);
    }
  }

  /** B announced its subscription before it published, so A knows both at once. */
  private void publishOnceAfterFirstMessage() {
    Waits.holdsWithin(Nodes.PATIENCE, () -> !messages.isEmpty());
    a.publish("a", HI);
  }

  private ArrayNode messagesOfA() {
    Waits.holdsWithin(Nodes.PATIENCE, () -> messages.size() >= 3);
    ArrayNode seen = Trees.object().putArray("seen");
    List<MossMessage> sorted = new ArrayList<>(messages);
    sorted.sort(Comparator.comparing(this::sender));
    for (MossMessage message : sorted) {
      seen.addObject()
          .put("channel", message.channel())
          .put("from", sender(message))
          .put("data", Trees.hex(message.data()));
    }
    return seen;
  }

  private String sender(MossMessage message) {
    return a.id().equals(message.sender()) ? "A" : b.id().equals(message.sender()) ? "B" : "?";
  }

  private ArrayNode eventsOfA() {
    Waits.holdsWithin(Nodes.PATIENCE, () -> events.size() >= 2);
    ArrayNode seen = Trees.object().putArray("seen");
    for (MossEvent event : events) {
      ArrayNode keys = seen.addObject().put("type", event.type().id()).putArray("keys");
      event.detail().keySet().forEach(keys::add);
    }
    return seen;
  }

  @Override
  public void close() {
    nodes.close();
  }
}
