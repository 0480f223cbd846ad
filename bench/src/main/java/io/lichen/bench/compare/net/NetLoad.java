// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.net;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is sent in a burst.
 *
 * @param sizeBytes of one event
 * @param batch events given to one call: what one packet holds
 */
record NetLoad(int sizeBytes, int batch, boolean reliable) {
  /** All of them. */
  static final List<NetLoad> ALL =
      Stream.of(true, false)
          .flatMap(
              reliable ->
                  Stream.of(
                      new NetLoad(64, 100, reliable),
                      new NetLoad(1024, 7, reliable),
                      new NetLoad(7000, 1, reliable)))
          .toList();

  /** As reports call it. */
  String row() {
    return sizeBytes + (reliable ? " reliable" : " fire-and-forget");
  }

  String reliability() {
    return reliable ? "reliable" : "fire_and_forget";
  }
}
