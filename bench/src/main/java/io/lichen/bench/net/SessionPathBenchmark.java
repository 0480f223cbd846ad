// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.net;

import io.lichen.bench.CostBenchmark;
import java.util.Collections;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * What one packet costs both ends together, without the socket: packing, accounting, sealing,
 * opening, replay window, delivery, and the window message back.
 */
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls the set-up.
public class SessionPathBenchmark extends CostBenchmark {
  /** Events of one packet: how many, and how long each. */
  @Param({"100x64", "7x1024", "1x7000", "1x64"})
  public String events;

  /** Whether packets are acknowledged. */
  @Param({"true", "false"})
  public boolean reliable;

  private EndpointPair pair;
  private List<byte[]> packet;

  /** Makes the session. */
  @Setup
  public void open() {
    String[] parts = events.split("x", 2);
    byte[] event = new byte[Integer.parseInt(parts[1])];
    packet = Collections.nCopies(Integer.parseInt(parts[0]), event);
    pair = new EndpointPair(reliable);
  }

  /** One packet. */
  @Benchmark
  public long packet() {
    return pair.send(packet);
  }
}
