// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import java.util.List;

/**
 * What became of the events of one call.
 *
 * @param accepted how many are in
 * @param refused which are not, ascending by index
 */
public record BatchReceipt(int accepted, List<Refusal> refused) {
  /**
   * An event that is not in.
   *
   * @param index its place in the call, from 0
   * @param error why
   */
  public record Refusal(int index, EventBusError error) {}

  /** Takes a copy. */
  public BatchReceipt {
    refused = List.copyOf(refused);
  }
}
