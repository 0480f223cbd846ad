// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.crypto;

import io.lichen.bench.CostBenchmark;
import io.lichen.crypto.Blake2s;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What a message id costs: our BLAKE2s against BouncyCastle's. */
public class Blake2sBenchmark extends CostBenchmark {
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
    message = octets(size);
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
