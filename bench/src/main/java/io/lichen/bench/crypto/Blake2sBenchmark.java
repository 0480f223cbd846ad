// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.crypto;

import io.lichen.crypto.Blake2s;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a message id costs: our BLAKE2s against BouncyCastle's. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Blake2sBenchmark {
  /** Octets hashed. */
  @Param({"64", "150", "1024", "60000"})
  public int size;

  private final Blake2s ours = new Blake2s();
  private final Blake2sDigest theirs = new Blake2sDigest(256);
  private final byte[] digest = new byte[Blake2s.DIGEST_BYTES];
  private byte[] message = new byte[0];

  /** Fills the message. */
  @Setup
  public void fill() {
    message = new byte[size];
    new Random(1).nextBytes(message);
  }

  /** Ours. */
  @Benchmark
  public byte[] lichen() {
    ours.update(message, 0, message.length);
    ours.digest(digest, 0);
    return digest;
  }

  /** BouncyCastle's. */
  @Benchmark
  public byte[] bouncyCastle() {
    theirs.update(message, 0, message.length);
    theirs.doFinal(digest, 0);
    return digest;
  }
}
