// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import io.lichen.crypto.PeerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes down what the engine asks for; sessions take everything unless told otherwise. */
final class RecordingHost implements GossipSubHost {
  /** One control message on its way. */
  record Control(PeerId to, GossipMessage message) {}

  /** One published message on its way. */
  record Copy(PeerId to, PublishedMessage message) {}

  /** One delivery. */
  record Delivery(PublishedMessage message, PeerId from) {}

  final List<Control> controls = new ArrayList<>();
  final List<Copy> copies = new ArrayList<>();
  final List<Delivery> deliveries = new ArrayList<>();
  final Set<PeerId> full = new HashSet<>();
  final Map<PeerId, Double> overrides = new HashMap<>();

  @Override
  public void send(PeerId to, GossipMessage message) {
    controls.add(new Control(to, message));
  }

  @Override
  public boolean send(PeerId to, PublishedMessage message) {
    if (full.contains(to)) {
      return false;
    }
    copies.add(new Copy(to, message));
    return true;
  }

  @Override
  public void deliver(PublishedMessage message, PeerId from) {
    deliveries.add(new Delivery(message, from));
  }

  @Override
  public double score(PeerId peer, double base) {
    return overrides.getOrDefault(peer, base);
  }

  /** The control messages to a peer since the last clear. */
  List<GossipMessage> controlsTo(PeerId peer) {
    return controls.stream().filter(c -> c.to().equals(peer)).map(Control::message).toList();
  }

  /** The receivers of message copies since the last clear, in order. */
  List<PeerId> receivers() {
    return copies.stream().map(Copy::to).toList();
  }

  void clear() {
    controls.clear();
    copies.clear();
    deliveries.clear();
  }
}
