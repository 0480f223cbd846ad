// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks validators and keeps the messages whose verdict comes later, a bounded number of them: the
 * oldest is then ignored (docs/wire/moss-gossip.md, "Validators"). Single-threaded.
 */
final class Validation {
  /** A message that waits for its verdict. */
  record Pending(PublishedMessage message, PeerState from, TopicState topic, boolean askedFor) {}

  private final EngineState engine;
  private final Map<String, Pending> pending = new LinkedHashMap<>();

  Validation(EngineState engine) {
    this.engine = engine;
  }

  /** Whether the message is to be accepted now. */
  boolean accepts(TopicValidator validator, Pending arrived) {
    Verdict verdict = ask(validator, arrived);
    if (verdict == Verdict.LATER) {
      keep(arrived);
      return false;
    }
    return settle(verdict, arrived);
  }

  /** The message that waited, if it is to be accepted now; null otherwise. */
  @Nullable Pending accepted(Pending waited, Verdict verdict) {
    boolean isCurrent =
        waited.topic().subscribed && engine.topics.get(waited.topic().name) == waited.topic();
    return settle(verdict, waited) && isCurrent ? waited : null;
  }

  /** Takes a message out of those that wait. */
  @Nullable Pending take(String messageId) {
    return pending.remove(messageId);
  }

  /** A message with this id was published here: no other one is to be delivered. */
  void forget(String messageId) {
    if (!pending.isEmpty()) {
      pending.remove(messageId);
    }
  }

  int size() {
    return pending.size();
  }

  private Verdict ask(TopicValidator validator, Pending arrived) {
    try {
      return validator.validate(arrived.message(), arrived.from().id);
    } catch (RuntimeException e) {
      engine.counters.validatorFailures++;
      return Verdict.IGNORE;
    }
  }

  private void keep(Pending arrived) {
    if (pending.size() >= engine.caches.maxPendingVerdicts()) {
      Iterator<String> oldest = pending.keySet().iterator();
      oldest.next();
      oldest.remove();
      engine.counters.verdictsEvicted++;
    }
    pending.put(arrived.message().messageId(), arrived);
  }

  private boolean settle(Verdict verdict, Pending arrived) {
    switch (verdict) {
      case ACCEPT -> {
        return true;
      }
      case REJECT -> {
        engine.counters.rejected++;
        engine.scores.invalid(arrived.from());
      }
      case IGNORE, LATER -> engine.counters.ignored++;
    }
    return false;
  }
}
