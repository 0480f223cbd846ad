// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.child;

import com.sun.management.OperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.PlatformManagedObject;
import java.util.List;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What a child's JVM uses, asked from outside: the program that is measured knows nothing of it.
 * What the questions themselves cost, some hundreds of KiB of heap, is counted with it.
 */
public final class JvmGauge implements AutoCloseable {
  /** What a collection frees may hold more that the next one frees. */
  private static final int COLLECTIONS = 3;

  private final JMXConnector connector;
  private final MBeanServerConnection beans;

  private JvmGauge(JMXConnector connector) throws IOException {
    this.connector = connector;
    this.beans = connector.getMBeanServerConnection();
  }

  /** Looks into the JVM with this process id. */
  @SuppressWarnings("BanJNDI") // The address comes from a child of ours, not from elsewhere.
  public static JvmGauge of(long pid) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        JMXServiceURL url = new JMXServiceURL(machine.startLocalManagementAgent());
        return new JvmGauge(JMXConnectorFactory.connect(url));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IllegalStateException("cannot look into process " + pid, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of heap that are still in use after full collections. */
  public long liveHeapBytes() {
    MemoryMXBean memory = bean(MemoryMXBean.class);
    for (int i = 0; i < COLLECTIONS; i++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }

  /** Bytes of memory outside of the heap that buffers take, those of native libraries included. */
  public long directBytes() {
    try {
      return ManagementFactory.getPlatformMXBeans(beans, BufferPoolMXBean.class).stream()
          .filter(pool -> pool.getName().equals("direct"))
          .mapToLong(BufferPoolMXBean::getMemoryUsed)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nanoseconds of processor time that all of its threads together have used so far. */
  public long cpuNs() {
    return bean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** The classes whose live objects take most of the heap, one a line. */
  public String histogram(int lines) {
    try {
      Object text =
          beans.invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "gcClassHistogram",
              new Object[] {new String[0]},
              new String[] {String[].class.getName()});
      List<String> all = text.toString().lines().toList();
      return all.stream().limit(lines).collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T extends PlatformManagedObject> T bean(Class<T> type) {
    try {
      return ManagementFactory.getPlatformMXBean(beans, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
