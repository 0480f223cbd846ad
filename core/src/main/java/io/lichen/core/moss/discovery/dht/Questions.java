// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.discovery.dht.Krpc.Ask;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * This node's questions under way. An answer counts only if it comes from whom was asked and
 * carries the question's random number; what it shows of a node's health goes into the routing
 * table. Not thread-safe.
 */
final class Questions {
  /** Questions under way at the same time. */
  static final int MAX = 256;

  /** For how long a question may go unanswered. */
  static final long TIMEOUT_NS = 2_000_000_000L;

  /** How a question ends; one of the two is called, once. */
  interface Outcome {
    /** It was answered. */
    void answered(Krpc.Response response, long nowNs);

    /** It was refused, or answered by somebody else, or will not be answered. */
    void failed(long nowNs);
  }

  private record Question(
      Endpoint to, @Nullable NodeId expected, Outcome outcome, long deadlineNs) {}

  private final NodeId self;
  private final boolean readOnly;
  private final RoutingTable table;
  private final DhtHost host;
  private final DhtCounters counters;
  private final RandomGenerator random;

  /** In the order in which they were asked, which is that of their deadlines. */
  private final LinkedHashMap<Integer, Question> underWay = new LinkedHashMap<>();

  Questions(
      NodeId self,
      boolean readOnly,
      RoutingTable table,
      DhtHost host,
      DhtCounters counters,
      RandomGenerator random) {
    this.self = self;
    this.readOnly = readOnly;
    this.table = table;
    this.host = host;
    this.counters = counters;
    this.random = random;
  }

  /**
   * Asks a node; if too much is under way, that fails at once.
   *
   * @param expected where it is said to lie; null if nobody has said so
   */
  void ask(Endpoint to, @Nullable NodeId expected, Ask ask, Outcome outcome, long nowNs) {
    int transaction = random.nextInt();
    if (underWay.size() >= MAX || underWay.containsKey(transaction)) {
      outcome.failed(nowNs);
      return;
    }
    underWay.put(transaction, new Question(to, expected, outcome, nowNs + TIMEOUT_NS));
    counters.asked.increment();
    byte[] octets = ByteBuffer.allocate(Integer.BYTES).putInt(transaction).array();
    host.send(to, KrpcEncoder.encode(new Krpc.Query(octets, self, ask, readOnly)));
  }

  /** Number of questions under way. */
  int count() {
    return underWay.size();
  }

  /** An answer or a refusal has come. */
  void receive(Endpoint from, Krpc answer, long nowNs) {
    byte[] transaction = answer.transaction();
    Integer key =
        transaction.length == Integer.BYTES ? ByteBuffer.wrap(transaction).getInt() : null;
    Question question = key == null ? null : underWay.get(key);
    if (question == null || !question.to().equals(from)) {
      counters.strayAnswers.increment();
      return;
    }
    underWay.remove(key);
    if (answer instanceof Krpc.Response response && isWhoWasAsked(question, response.id())) {
      counters.answered.increment();
      table.answered(new Contact(response.id(), from), nowNs);
      question.outcome().answered(response, nowNs);
    } else {
      counters.refused.increment();
      question.outcome().failed(nowNs);
    }
  }

  private boolean isWhoWasAsked(Question question, NodeId id) {
    NodeId expected = question.expected();
    if (expected != null && !expected.equals(id)) {
      table.failed(new Contact(expected, question.to()));
      return false;
    }
    return !id.equals(self);
  }

  /** Gives up on questions that were not answered in time. */
  void tick(long nowNs) {
    while (true) {
      Map.Entry<Integer, Question> oldest = underWay.firstEntry();
      if (oldest == null || oldest.getValue().deadlineNs() - nowNs > 0) {
        return;
      }
      Question question = oldest.getValue();
      underWay.remove(oldest.getKey());
      counters.timeouts.increment();
      NodeId expected = question.expected();
      if (expected != null) {
        table.failed(new Contact(expected, question.to()));
      }
      question.outcome().failed(nowNs);
    }
  }
}
