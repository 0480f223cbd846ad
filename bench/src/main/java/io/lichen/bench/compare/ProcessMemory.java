// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process has used of memory. */
public final class ProcessMemory {
  private ProcessMemory() {}

  /** What all threads together have allocated on the heap, in bytes. */
  public static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
  }

  /** Says the resident size now and at its peak, in KiB: {@code VmRSS} and {@code VmHWM}. */
  public static void tell(ObjectNode reply) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:") || line.startsWith("VmHWM:")) {
        reply.put(line.substring(0, 5), Long.parseLong(line.replaceAll("\\D", "")));
      }
    }
  }
}
