// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What a child has said so far, and waiting for what it has not said yet. Thread-safe. */
final class Inbox {
  private final String owner;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Received> messages = new ArrayList<>();
  private final List<JsonNode> events = new ArrayList<>();
  private boolean ended;

  Inbox(String owner) {
    this.owner = owner;
  }

  void add(Received message) {
    change(() -> messages.add(message));
  }

  void addEvent(JsonNode event) {
    change(() -> events.add(event));
  }

  void clearMessages() {
    change(messages::clear);
  }

  /** Nothing more will come. */
  void end() {
    change(() -> ended = true);
  }

  List<Received> messages() {
    lock.lock();
    try {
      return List.copyOf(messages);
    } finally {
      lock.unlock();
    }
  }

  Received awaitMessage(Predicate<Received> wanted, String description, Duration limit) {
    return await(
        () -> messages.stream().filter(wanted).findFirst(),
        () -> description + "; got " + messages.size() + " other messages",
        limit);
  }

  List<Received> awaitMessages(int count, Duration limit) {
    return await(
        () -> messages.size() >= count ? Optional.of(List.copyOf(messages)) : Optional.empty(),
        () -> count + " messages; got " + messages.size(),
        limit);
  }

  JsonNode awaitEvent(String name, String peerId, Duration limit) {
    return await(
        () -> takeEvent(name, peerId),
        () -> "event " + name + " of " + peerId + "; events left: " + events,
        limit);
  }

  private Optional<JsonNode> takeEvent(String name, String peerId) {
    for (JsonNode event : events) {
      if (event.path("name").asText().equals(name)
          && event.path("detail").path("peer").asText().equals(peerId)) {
        events.remove(event);
        return Optional.of(event);
      }
    }
    return Optional.empty();
  }

  private <T> T await(Supplier<Optional<T>> wanted, Supplier<String> description, Duration limit) {
    long leftNs = limit.toNanos();
    lock.lock();
    try {
      while (true) {
        Optional<T> found = wanted.get();
        if (found.isPresent()) {
          return found.get();
        }
        if (leftNs <= 0 || ended) {
          throw new AssertionError(
              owner
                  + (ended ? " ended without " : " did not get within " + limit + ": ")
                  + description.get());
        }
        leftNs = changed.awaitNanos(leftNs);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
