// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeException;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.SessionHandler;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Keeps the envelopes that come over a session. */
public final class EnvelopeRecorder implements SessionHandler {
  private final BlockingQueue<Envelope> heard = new LinkedBlockingQueue<>();

  /** The next envelope. */
  public Envelope next() throws InterruptedException {
    Envelope envelope = heard.poll(20, TimeUnit.SECONDS);
    assertNotNull(envelope, "an envelope should have come");
    return envelope;
  }

  /** The next envelope of a type; others are left out. */
  public Envelope next(EnvelopeType type) throws InterruptedException {
    return next(type, envelope -> true);
  }

  /** The next envelope of a type that is such a one; others are left out. */
  public Envelope next(EnvelopeType type, Predicate<Envelope> wanted) throws InterruptedException {
    Envelope envelope = next();
    while (EnvelopeType.of(envelope.type()) != type || !wanted.test(envelope)) {
      envelope = next();
    }
    return envelope;
  }

  /** Whether one of a type has come and was not taken. */
  boolean anyOf(EnvelopeType type) {
    return heard.stream().anyMatch(envelope -> EnvelopeType.of(envelope.type()) == type);
  }

  /** Whether everything that has come was taken. */
  boolean isEmpty() {
    return heard.isEmpty();
  }

  @Override
  public void onPacket(byte[] buffer, int offset, int length) {
    try {
      heard.add(EnvelopeCodec.decode(buffer, offset, length));
    } catch (EnvelopeException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void onBatchComplete() {}

  @Override
  public void onWritable() {}

  @Override
  public void onClosed(CloseReason reason) {}
}
