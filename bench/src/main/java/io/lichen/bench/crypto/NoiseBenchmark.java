// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.crypto;

import io.lichen.bench.CostBenchmark;
import io.lichen.crypto.identity.Identity;
import io.lichen.crypto.noise.NoiseHandshake;
import io.lichen.crypto.noise.NoiseHandshakeBuilder;
import io.lichen.crypto.noise.NoiseKeys;
import io.lichen.crypto.noise.NoisePattern;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;

/** What a whole handshake costs, both sides together, without identity signatures. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class NoiseBenchmark extends CostBenchmark {
  /** The pattern spoken. */
  @Param public NoisePattern pattern = NoisePattern.XX;

  private final SecureRandom random = new SecureRandom();
  private final Identity initiator = Identity.generate(random);
  private final Identity responder = Identity.generate(random);
  private final byte[] psk = new byte[NoiseHandshakeBuilder.PSK_BYTES];
  private final byte[] payload = new byte[166];

  /** All messages of both sides, and the keys of one. */
  @Benchmark
  public NoiseKeys handshake() {
    NoiseHandshake first = side(initiator, true);
    NoiseHandshake second = side(responder, false);
    while (!first.isComplete()) {
      NoiseHandshake writer = first.isMyTurn() ? first : second;
      byte[] message = writer.writeMessage(payload);
      (writer == first ? second : first).readMessage(message, 0, message.length);
    }
    return first.split();
  }

  private NoiseHandshake side(Identity identity, boolean initiating) {
    NoiseHandshakeBuilder builder =
        NoiseHandshake.builder(pattern).initiator(initiating).random(random);
    if (!initiating || pattern != NoisePattern.NK_PSK0) {
      builder.localStatic(identity.noisePrivate(), identity.noisePublic());
    }
    if (initiating && pattern.needsRemoteStatic()) {
      builder.remoteStatic(responder.noisePublic());
    }
    if (pattern.needsPsk()) {
      builder.psk(psk);
    }
    return builder.build();
  }
}
