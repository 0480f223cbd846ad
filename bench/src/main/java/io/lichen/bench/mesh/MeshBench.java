// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.mesh;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Real nodes on loopback. Arguments: any of {@link #RUNS}' names, none for all. docs/benchmarks.md
 * says what each measures.
 */
final class MeshBench {
  /** Something to measure. */
  @FunctionalInterface
  private interface Run {
    void measure(Figures figures) throws IOException, InterruptedException;
  }

  private static final Map<String, Run> RUNS = new LinkedHashMap<>();

  static {
    RUNS.put("propagation", Propagation::measure);
    RUNS.put("latency", Propagation::measureOneWay);
    RUNS.put("throughput", Throughput::measure);
    RUNS.put("memory", LiveHeap::measureConnected);
    RUNS.put("churn", LiveHeap::measureChurn);
    RUNS.put("jitter", Jitter::measure);
  }

  private MeshBench() {}

  /** Runs what the arguments name, and ends the process. */
  public static void main(String[] args) throws Exception {
    List<String> wanted = args.length == 0 ? List.copyOf(RUNS.keySet()) : List.of(args);
    Figures figures = new Figures();
    for (String name : wanted) {
      Run run = RUNS.get(name);
      if (run == null) {
        throw new IllegalArgumentException("'" + name + "' is none of " + RUNS.keySet());
      }
      System.err.println("measuring " + name);
      run.measure(figures);
    }
    System.out.print(figures.table());
    System.exit(0);
  }
}
