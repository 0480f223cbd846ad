// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.channel;

import io.lichen.core.moss.MessageValidator;
import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.runtime.work.MessageSizes;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.work.BoundedQueue;
import io.lichen.core.work.CallbackScope;
import io.lichen.core.work.SerialRunner;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.PublishedMessage;
import io.lichen.gossipsub.TopicValidator;
import io.lichen.gossipsub.Verdict;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * Asks the application's validator of one channel, off the node's loop, one message at a time and
 * in order. The engine has the verdict later.
 */
public final class ChannelValidator implements TopicValidator {
  /** Messages of one channel that wait for the validator. */
  public static final int MAX_WAITING = 256;

  /** Their bytes. */
  static final long MAX_WAITING_BYTES = 4L << 20;

  /**
   * What all channels of a node share.
   *
   * @param verdicts is told the verdict on each message id; any thread
   * @param running whether callbacks may still begin
   */
  public record Shared(
      Executor executor,
      CallbackScope scope,
      NodeCounters counters,
      BiConsumer<String, Verdict> verdicts,
      BooleanSupplier running) {}

  private record Job(PublishedMessage message, PeerId from) {}

  private final ChannelRoute route;
  private final Shared shared;
  private final SenderNames senders = new SenderNames();
  private final BoundedQueue<Job> queue =
      new BoundedQueue<>(MAX_WAITING, MAX_WAITING_BYTES, job -> MessageSizes.of(job.message()));
  private final SerialRunner runner;
  private ArrayDeque<Job> spare = new ArrayDeque<>();

  ChannelValidator(ChannelRoute route, Shared shared) {
    this.route = route;
    this.shared = shared;
    this.runner = new SerialRunner(shared.executor(), this::drain);
  }

  @Override
  public Verdict validate(PublishedMessage message, PeerId from) {
    if (queue.isFull()) {
      shared.counters().validationsRefused.increment();
      return Verdict.IGNORE;
    }
    queue.add(new Job(message, from));
    runner.request();
    return Verdict.LATER;
  }

  private void drain() {
    ArrayDeque<Job> jobs = queue.takeAll(spare);
    for (Job job : jobs) {
      shared.verdicts().accept(job.message().messageId(), judge(job));
      queue.consumed(job);
    }
    jobs.clear();
    spare = jobs;
  }

  private Verdict judge(Job job) {
    MessageValidator validator = route.options().validator();
    if (validator == null) {
      return Verdict.ACCEPT;
    }
    byte[] data = shared.running().getAsBoolean() ? route.open(job.message().payload()) : null;
    if (data == null) {
      return Verdict.IGNORE;
    }
    MossMessage message =
        new MossMessage(
            route.room().id(), route.channel(), senders.of(job.message().senderId()), data);
    Verdict[] verdict = {Verdict.IGNORE};
    shared
        .scope()
        .call(
            "validator",
            asked -> verdict[0] = verdict(validator.validate(asked, job.from())),
            message);
    return verdict[0];
  }

  private static Verdict verdict(MessageValidator.Verdict given) {
    return switch (given) {
      case ACCEPT -> Verdict.ACCEPT;
      case REJECT -> Verdict.REJECT;
      case IGNORE -> Verdict.IGNORE;
    };
  }
}
