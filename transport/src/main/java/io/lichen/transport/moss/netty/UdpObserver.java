// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.transport.moss.TransportException;
import io.lichen.transport.moss.codec.ObserveCodec;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks peers which address they see (docs/wire/moss-transport.md, "Observe"). On the event loop of
 * the UDP socket only.
 */
final class UdpObserver {
  private static final long FIRST_REPEAT_MS = 250;

  private final EventLoop loop;
  private final SecureRandom random;
  private final BiConsumer<InetSocketAddress, byte[]> sendRequest;
  private final Map<String, Question> questions = new HashMap<>();

  UdpObserver(
      EventLoop loop, SecureRandom random, BiConsumer<InetSocketAddress, byte[]> sendRequest) {
    this.loop = loop;
    this.random = random;
    this.sendRequest = sendRequest;
  }

  void ask(InetSocketAddress peer, Duration timeout, CompletableFuture<InetSocketAddress> result) {
    byte[] token = new byte[ObserveCodec.TOKEN_BYTES];
    random.nextBytes(token);
    Question question = new Question(peer, token, System.nanoTime() + timeout.toNanos(), result);
    questions.put(key(token, 0), question);
    question.send(FIRST_REPEAT_MS);
  }

  /** A datagram of kind 6; ignored unless it answers a question to this very peer. */
  void onAnswer(InetSocketAddress from, byte[] buffer, int offset, int length) {
    if (length <= ObserveCodec.TOKEN_BYTES) {
      return;
    }
    Question question = questions.get(key(buffer, offset));
    if (question == null || !question.peer.equals(from)) {
      return;
    }
    InetSocketAddress seen = ObserveCodec.address(buffer, offset, length);
    if (seen != null) {
      question.end();
      question.result.complete(seen);
    }
  }

  /** Nobody will answer any more. */
  void close() {
    for (Question question : Map.copyOf(questions).values()) {
      question.end();
      question.result.completeExceptionally(TransportContext.closed());
    }
  }

  private static String key(byte[] buffer, int offset) {
    return HexFormat.of().formatHex(buffer, offset, offset + ObserveCodec.TOKEN_BYTES);
  }

  private final class Question {
    private final InetSocketAddress peer;
    private final byte[] token;
    private final long deadlineNs;
    private final CompletableFuture<InetSocketAddress> result;
    private @Nullable ScheduledFuture<?> repeat;

    Question(
        InetSocketAddress peer,
        byte[] token,
        long deadlineNs,
        CompletableFuture<InetSocketAddress> result) {
      this.peer = peer;
      this.token = token;
      this.deadlineNs = deadlineNs;
      this.result = result;
    }

    void send(long repeatMs) {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
      if (leftMs <= 0 || result.isDone()) {
        end();
        result.completeExceptionally(
            new TransportException(
                TransportException.Reason.TIMEOUT, peer + " did not say which address it sees"));
        return;
      }
      sendRequest.accept(peer, token);
      repeat =
          loop.schedule(
              () -> send(repeatMs * 3 / 2), Math.min(repeatMs, leftMs), TimeUnit.MILLISECONDS);
    }

    void end() {
      questions.remove(key(token, 0));
      if (repeat != null) {
        repeat.cancel(false);
      }
    }
  }
}
