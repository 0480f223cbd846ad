// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.behaviour;

import io.lichen.nat.stun.StunKind;
import io.lichen.nat.stun.StunMessage;
import io.lichen.nat.stun.StunWriter;
import io.lichen.nat.stun.TransactionId;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends questions until they are answered or were sent often enough. An answer counts if it comes
 * from where it has to and repeats the number of the question, which nobody guesses.
 */
final class Exchange {
  /** Told what became of a question. */
  interface Then {
    /** The answer with the address that it tells, or {@code null} if none came. */
    void accept(@Nullable StunMessage answer, long nowNs);
  }

  private final DiscoverySettings settings;
  private final RandomGenerator random;
  private final DiscoveryOutput output;
  private final Map<TransactionId, Pending> pending = new HashMap<>();

  Exchange(DiscoverySettings settings, RandomGenerator random, DiscoveryOutput output) {
    this.settings = settings;
    this.random = random;
    this.output = output;
  }

  void ask(Question question, long nowNs, Then then) {
    TransactionId id = TransactionId.draw(random);
    StunWriter request = StunWriter.of(StunKind.REQUEST, id);
    if (question.changesHost() || question.changesPort()) {
      request.changes(question.changesHost(), question.changesPort());
    }
    Pending asked = new Pending(question, request.datagram(), then);
    pending.put(id, asked);
    send(asked, nowNs);
  }

  private void send(Pending asked, long nowNs) {
    asked.sends++;
    asked.deadlineNs = nowNs + settings.intervalNs();
    output.send(asked.question.to(), asked.datagram);
  }

  /** A datagram came; whether it was an answer. */
  boolean onDatagram(InetSocketAddress from, byte[] datagram, long nowNs) {
    StunMessage answer = StunMessage.read(datagram).orElse(null);
    if (answer == null) {
      return false;
    }
    Pending asked = pending.get(answer.transactionId());
    if (asked == null || !asked.question.from().equals(from)) {
      return false;
    }
    if (answer.kind() == StunKind.SUCCESS && answer.mappedAddress() != null) {
      pending.remove(answer.transactionId());
      asked.then.accept(answer, nowNs);
    } else if (answer.kind() == StunKind.ERROR) {
      pending.remove(answer.transactionId());
      asked.then.accept(null, nowNs);
    }
    return true;
  }

  void onTimer(long nowNs) {
    for (Map.Entry<TransactionId, Pending> each : List.copyOf(pending.entrySet())) {
      Pending asked = each.getValue();
      if (asked.deadlineNs - nowNs > 0) {
        continue;
      }
      if (asked.sends < settings.sends()) {
        send(asked, nowNs);
      } else if (pending.remove(each.getKey(), asked)) {
        asked.then.accept(null, nowNs);
      }
    }
  }

  /** When {@link #onTimer} is due; {@link Long#MAX_VALUE} if nothing waits. */
  long nextDeadlineNs() {
    return pending.values().stream()
        .mapToLong(asked -> asked.deadlineNs)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Asks no more; nobody is told. */
  void stop() {
    pending.clear();
  }

  private static final class Pending {
    private final Question question;
    private final byte[] datagram;
    private final Then then;
    private int sends;
    private long deadlineNs;

    Pending(Question question, byte[] datagram, Then then) {
      this.question = question;
      this.datagram = datagram;
      this.then = then;
    }
  }
}
