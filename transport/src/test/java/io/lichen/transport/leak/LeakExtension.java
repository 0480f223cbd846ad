// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.leak;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails the test class after which a leaked buffer was found. Registers itself through the service
 * loader, before any class of Netty's buffers is initialised, and takes the place of the detector
 * that would only log. A leak of one class may be found in a later one.
 */
public final class LeakExtension implements AfterAllCallback {
  private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();
  private static final int ROUNDS = 3;
  private static final int PROBES = 32;

  static {
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new RecordingFactory());
  }

  /** Called by the service loader. */
  public LeakExtension() {}

  @Override
  public void afterAll(ExtensionContext context) {
    List<String> reports = collect();
    if (!reports.isEmpty()) {
      throw new AssertionError(
          reports.size() + " leaked buffer(s), the first: " + reports.getFirst());
    }
  }

  /** Leaks found until now, each told once. */
  static List<String> collect() {
    for (int round = 0; round < ROUNDS; round++) {
      System.gc();
      // Leaks are looked for whenever a buffer is made.
      for (int probe = 0; probe < PROBES; probe++) {
        ByteBufAllocator.DEFAULT.directBuffer(16).release();
      }
    }
    List<String> reports = new ArrayList<>();
    String report = REPORTS.poll();
    while (report != null) {
      reports.add(report);
      report = REPORTS.poll();
    }
    return reports;
  }

  private static final class RecordingFactory extends ResourceLeakDetectorFactory {
    @SuppressWarnings("deprecation") // The abstract method to implement; the others lead here.
    @Override
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval, long maxActive) {
      return new RecordingDetector<>(resource, samplingInterval);
    }
  }

  private static final class RecordingDetector<T> extends ResourceLeakDetector<T> {
    RecordingDetector(Class<T> resource, int samplingInterval) {
      super(resource, samplingInterval);
    }

    @Override
    protected boolean needReport() {
      return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
      REPORTS.add(resourceType + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
      REPORTS.add(resourceType + " (no trace)");
    }
  }
}
