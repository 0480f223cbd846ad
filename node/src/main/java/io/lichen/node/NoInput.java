// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import java.io.InputStream;
import java.util.concurrent.locks.LockSupport;

/** An input that neither says anything nor ends. */
final class NoInput extends InputStream {
  @Override
  public int read() {
    while (true) {
      LockSupport.park(this);
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    return length == 0 ? 0 : read();
  }
}
