// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import org.jspecify.annotations.Nullable;

/**
 * The machine of a node; 0 where it does not say. Accelerators and further GPUs do not cross the
 * wire.
 *
 * @param cpuCores 0 to 65535
 * @param cpuThreads 0 to 65535
 * @param memoryGb memory in GiB, 0 to 2^32 - 1
 * @param storageGb storage in GiB, 64 bits unsigned
 * @param networkGbps 10^9 bits a second, 0 to 2^32 - 1
 * @param gpu the primary one; {@code null} if there is none
 * @param limits how much it takes on
 */
public record Hardware(
    long cpuCores,
    long cpuThreads,
    long memoryGb,
    long storageGb,
    long networkGbps,
    @Nullable Gpu gpu,
    Limits limits) {
  /** Nothing that is known. */
  public static final Hardware NONE = new Hardware(0, 0, 0, 0, 0, null, Limits.NONE);

  /** With other processors. */
  public Hardware withCpu(long cores, long threads) {
    return new Hardware(cores, threads, memoryGb, storageGb, networkGbps, gpu, limits);
  }

  /** With other memory, in GiB. */
  public Hardware withMemoryGb(long value) {
    return new Hardware(cpuCores, cpuThreads, value, storageGb, networkGbps, gpu, limits);
  }

  /** With other storage, in GiB. */
  public Hardware withStorageGb(long value) {
    return new Hardware(cpuCores, cpuThreads, memoryGb, value, networkGbps, gpu, limits);
  }

  /** With another network, in 10^9 bits a second. */
  public Hardware withNetworkGbps(long value) {
    return new Hardware(cpuCores, cpuThreads, memoryGb, storageGb, value, gpu, limits);
  }

  /** With another GPU, or none. */
  public Hardware withGpu(@Nullable Gpu value) {
    return new Hardware(cpuCores, cpuThreads, memoryGb, storageGb, networkGbps, value, limits);
  }

  /** With other limits. */
  public Hardware withLimits(Limits value) {
    return new Hardware(cpuCores, cpuThreads, memoryGb, storageGb, networkGbps, gpu, value);
  }
}
