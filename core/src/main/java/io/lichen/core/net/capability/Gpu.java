// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import java.util.List;
import java.util.Locale;

/**
 * The primary GPU of a node. 0 and the empty text mean that it is not known.
 *
 * @param vendor one of {@code nvidia}, {@code amd}, {@code intel}, {@code apple}, {@code qualcomm},
 *     or {@code unknown}; whatever is given becomes one of them
 * @param model its name
 * @param vramGb memory in GiB, 0 to 2^32 - 1
 * @param computeUnits 0 to 65535
 * @param tensorCores 0 to 65535
 * @param fp16TflopsTimes10 10^12 operations of 16 bits a second, times ten, 0 to 65535
 */
public record Gpu(
    String vendor,
    String model,
    long vramGb,
    long computeUnits,
    long tensorCores,
    long fp16TflopsTimes10) {
  /** What an unknown vendor is called. */
  public static final String UNKNOWN_VENDOR = "unknown";

  private static final List<String> VENDORS =
      List.of("nvidia", "amd", "intel", "apple", "qualcomm");

  /** Normalises the vendor. */
  public Gpu {
    vendor = normalizeVendor(vendor);
  }

  /** One of which vendor, model and memory are known. */
  public static Gpu of(String vendor, String model, long vramGb) {
    return new Gpu(vendor, model, vramGb, 0, 0, 0);
  }

  /** The vendor in lower case if it is a known one, else {@code unknown}. */
  public static String normalizeVendor(String vendor) {
    String lower = vendor.toLowerCase(Locale.ROOT);
    return VENDORS.contains(lower) ? lower : UNKNOWN_VENDOR;
  }
}
