// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.wire;

import io.lichen.bench.CostBenchmark;
import io.lichen.core.moss.room.Room;
import io.lichen.core.moss.wire.MessageIds;
import java.security.SecureRandom;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What a publish costs before its envelope is written: seal and id; and what opening costs. */
public class RoomBenchmark extends CostBenchmark {
  private static final byte[] SENDER = new byte[32];

  private final Room room = Room.of("bench", null, new SecureRandom());

  /** Octets of the plaintext. */
  @Param({"64", "1024", "16384", "60000"})
  public int size;

  private byte[] plaintext = new byte[0];
  private byte[] sealed = new byte[0];

  /** Fills and seals a message. */
  @Setup
  public void fill() {
    plaintext = octets(size);
    sealed = room.seal(plaintext);
  }

  /** Seals under a fresh nonce. */
  @Benchmark
  public byte[] seal() {
    return room.seal(plaintext);
  }

  /** Opens. */
  @Benchmark
  public Optional<byte[]> open() {
    return room.open(sealed);
  }

  /** Names a publish. */
  @Benchmark
  public String messageId() {
    return MessageIds.publish(SENDER, "mmYHy--v2qkjqZkJPJakhg", sealed, 42);
  }

  /** Derives a wire topic. */
  @Benchmark
  public String topic() {
    return room.topic("general");
  }
}
