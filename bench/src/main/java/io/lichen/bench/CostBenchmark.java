// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one call costs on one thread: the average time over five seconds, in nanoseconds unless a
 * benchmark says otherwise. JMH takes the annotations from here where a benchmark has none.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public abstract class CostBenchmark {
  /** For subclasses. */
  protected CostBenchmark() {}

  /** The same arbitrary octets each time. */
  protected static byte[] octets(int size) {
    byte[] octets = new byte[size];
    new Random(1).nextBytes(octets);
    return octets;
  }
}
