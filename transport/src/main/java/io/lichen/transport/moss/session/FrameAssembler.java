// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts a stream of octets into frames of {@code u32be length ‖ body}. A frame that lies whole in
 * the input is passed on where it lies; only a frame that is cut by the end of the input is copied.
 *
 * <p>Memory grows with what has really arrived, never with what a length announces. Not
 * thread-safe.
 */
public final class FrameAssembler {
  /** Receives the bodies of frames. */
  @FunctionalInterface
  public interface Sink {
    /**
     * One body, which the callee may overwrite during the call.
     *
     * @return whether to go on
     */
    boolean onFrame(byte[] buffer, int offset, int length);
  }

  private static final VarHandle INT_BE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int LENGTH_BYTES = TcpFrameSealer.LENGTH_BYTES;
  private static final int KEPT_BYTES_MAX = 256 * 1024;
  private static final byte[] NOTHING = {};

  private final int minBodyBytes;
  private final int maxBodyBytes;
  private final Sink sink;
  private byte[] cut = NOTHING;
  private int cutLength;

  /**
   * An assembler at the beginning of a stream.
   *
   * @param minBodyBytes a shorter body is refused
   * @param maxBodyBytes a longer body is refused
   */
  public FrameAssembler(int minBodyBytes, int maxBodyBytes, Sink sink) {
    this.minBodyBytes = minBodyBytes;
    this.maxBodyBytes = maxBodyBytes;
    this.sink = sink;
  }

  /**
   * Takes the next octets of the stream; they may be overwritten.
   *
   * @return false if a length is out of range or the sink has had enough; the stream is then over
   */
  public boolean accept(byte[] in, int off, int len) {
    int position = off;
    int end = off + len;
    if (cutLength > 0) {
      position = fillCut(in, off, end);
      if (position < 0) {
        return false;
      }
    }
    while (end - position >= LENGTH_BYTES) {
      int bodyLength = (int) INT_BE.get(in, position);
      if (isOutOfRange(bodyLength)) {
        return false;
      }
      int bodyOffset = position + LENGTH_BYTES;
      if (end - bodyOffset < bodyLength) {
        break;
      }
      if (!sink.onFrame(in, bodyOffset, bodyLength)) {
        return false;
      }
      position = bodyOffset + bodyLength;
    }
    keep(in, position, end - position);
    return true;
  }

  /** Completes the frame that was cut; returns where the rest of the input begins, -1 to stop. */
  private int fillCut(byte[] in, int off, int end) {
    int position = off;
    if (cutLength < LENGTH_BYTES) {
      int taken = Math.min(LENGTH_BYTES - cutLength, end - position);
      keep(in, position, taken);
      position += taken;
      if (cutLength < LENGTH_BYTES) {
        return position;
      }
    }
    int bodyLength = (int) INT_BE.get(cut, 0);
    if (isOutOfRange(bodyLength)) {
      return -1;
    }
    int taken = Math.min(LENGTH_BYTES + bodyLength - cutLength, end - position);
    keep(in, position, taken);
    position += taken;
    if (cutLength < LENGTH_BYTES + bodyLength) {
      return position;
    }
    cutLength = 0;
    boolean goOn = sink.onFrame(cut, LENGTH_BYTES, bodyLength);
    if (cut.length > KEPT_BYTES_MAX) {
      cut = NOTHING;
    }
    return goOn ? position : -1;
  }

  private boolean isOutOfRange(int bodyLength) {
    return bodyLength < minBodyBytes || bodyLength > maxBodyBytes;
  }

  private void keep(byte[] in, int off, int len) {
    if (len == 0) {
      return;
    }
    int needed = cutLength + len;
    if (cut.length < needed) {
      cut = Arrays.copyOf(cut, Math.max(needed, Math.min(2 * cut.length, maxBodyBytes)));
    }
    System.arraycopy(in, off, cut, cutLength, len);
    cutLength = needed;
  }
}
