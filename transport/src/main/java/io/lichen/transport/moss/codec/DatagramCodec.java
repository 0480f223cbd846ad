// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.codec;

/**
 * Puts a kind and a payload into a datagram and takes them out again: plain in era A, obfuscated in
 * era C (docs/wire/moss-transport.md, "Datagrams"). Not thread-safe.
 */
public sealed interface DatagramCodec permits PlainDatagrams, ObfuscatedDatagrams {
  /** The largest UDP payload over IPv4, beyond which the socket refuses a datagram. */
  int MAX_DATAGRAM_BYTES = 65_507;

  /** Octets around a payload that is not padded. */
  int overheadBytes();

  /** The most octets that one datagram adds to its payload, padding included. */
  int maxOverheadBytes();

  /**
   * Writes a datagram with fresh randomness where it takes any. In place: the payload may lie in
   * {@code out} at {@code outOff + payloadOffset()}.
   *
   * <p>{@code out} must have room for {@code len + maxOverheadBytes()} octets.
   *
   * @return length of the datagram, never above {@link #MAX_DATAGRAM_BYTES} as long as payload and
   *     {@link #overheadBytes} are not: padding gives way
   */
  int seal(int kind, byte[] payload, int off, int len, byte[] out, int outOff);

  /** Where in a datagram the payload begins. */
  int payloadOffset();

  /**
   * Takes a datagram apart, in place: the octets of the range may be overwritten.
   *
   * @return whether it is one; the view is set only then
   */
  boolean open(byte[] datagram, int off, int len, DatagramView view);
}
