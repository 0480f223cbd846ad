// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.codec;

/** Era A: one kind octet, then the payload (docs/wire/moss-transport.md, "Datagrams"). */
public final class PlainDatagrams implements DatagramCodec {
  private static final int KIND_BYTES = 1;

  /** The codec; it has no state. */
  public PlainDatagrams() {}

  @Override
  public int overheadBytes() {
    return KIND_BYTES;
  }

  @Override
  public int maxOverheadBytes() {
    return KIND_BYTES;
  }

  @Override
  public int payloadOffset() {
    return KIND_BYTES;
  }

  @Override
  public int seal(int kind, byte[] payload, int off, int len, byte[] out, int outOff) {
    System.arraycopy(payload, off, out, outOff + KIND_BYTES, len);
    out[outOff] = (byte) kind;
    return KIND_BYTES + len;
  }

  @Override
  public boolean open(byte[] datagram, int off, int len, DatagramView view) {
    if (len < KIND_BYTES) {
      return false;
    }
    view.set(datagram[off] & 0xff, datagram, off + KIND_BYTES, len - KIND_BYTES);
    return true;
  }
}
