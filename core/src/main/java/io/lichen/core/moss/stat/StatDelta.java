// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.stat;

import io.lichen.core.json.JsonException;

/**
 * One contribution as it travels in the payload of a {@code stat_delta} envelope.
 *
 * @param epoch which epoch, unsigned
 * @param id who contributes
 * @param metrics what
 */
public record StatDelta(long epoch, EpochId id, StatMetrics metrics) {
  /** The JSON text, octet for octet that of the natives (docs/wire/moss-stats.md, "Delta"). */
  public byte[] encode() {
    return StatDeltaCodec.encode(this);
  }

  /**
   * Reads what {@link #encode} wrote, and all else that the natives accept.
   *
   * @throws JsonException if the text is none, a value has the wrong type or the id is not 32
   *     octets long
   */
  public static StatDelta decode(byte[] payload) throws JsonException {
    return StatDeltaCodec.decode(payload);
  }
}
