// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The subscriptions to one channel; a peer has one at most. */
final class ChannelSubscribers {
  private final List<Subscription> everyPublish = new ArrayList<>();
  private final Map<String, QueueGroup> groups = new HashMap<>();

  /** The members of a group, of which each publish goes to one. */
  private static final class QueueGroup {
    private final List<Subscription> members = new ArrayList<>();
    private int turn;

    private Subscription next() {
      if (turn >= members.size()) {
        turn = 0;
      }
      return members.get(turn++);
    }
  }

  void replace(@Nullable Subscription previous, Subscription subscription) {
    if (previous != null) {
      List<Subscription> list = listOf(previous.group());
      if (Objects.equals(previous.group(), subscription.group())) {
        // Its place stays, so that who asks again and again is not served more often.
        list.set(list.indexOf(previous), subscription);
        return;
      }
      remove(previous);
    }
    listOf(subscription.group()).add(subscription);
  }

  private List<Subscription> listOf(@Nullable String group) {
    return group == null
        ? everyPublish
        : groups.computeIfAbsent(group, name -> new QueueGroup()).members;
  }

  /** Returns whether nobody is left. */
  boolean remove(Subscription subscription) {
    List<Subscription> list = listOf(subscription.group());
    list.remove(subscription);
    if (subscription.group() != null && list.isEmpty()) {
      groups.remove(subscription.group());
    }
    return everyPublish.isEmpty() && groups.isEmpty();
  }

  Set<Long> nodeIds() {
    Set<Long> ids = new HashSet<>();
    everyPublish.forEach(subscription -> ids.add(subscription.nodeId()));
    groups.values().forEach(group -> group.members.forEach(member -> ids.add(member.nodeId())));
    return ids;
  }

  void next(Consumer<Subscription> recipients) {
    everyPublish.forEach(recipients);
    if (!groups.isEmpty()) {
      groups.values().forEach(group -> recipients.accept(group.next()));
    }
  }
}
