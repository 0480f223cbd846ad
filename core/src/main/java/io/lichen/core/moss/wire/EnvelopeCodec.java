// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import io.lichen.core.json.JsonException;
import io.lichen.core.json.JsonReader;

/** Between envelopes and the octets of a packet. Stateless. */
public final class EnvelopeCodec {
  private EnvelopeCodec() {}

  /** The octets that the native would send for this envelope. */
  public static byte[] encode(Envelope envelope) {
    return EnvelopeWriter.write(envelope);
  }

  /**
   * Reads the envelope in {@code buffer[offset, offset + length)}.
   *
   * @throws EnvelopeException if the native would not read it either; its message is fit for a log
   */
  public static Envelope decode(byte[] buffer, int offset, int length) throws EnvelopeException {
    try {
      return EnvelopeReader.read(new JsonReader(buffer, offset, length));
    } catch (JsonException e) {
      throw new EnvelopeException(e.getMessage() + " at byte " + e.offset());
    }
  }
}
