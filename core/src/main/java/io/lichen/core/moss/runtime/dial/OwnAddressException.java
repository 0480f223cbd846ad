// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.dial;

import java.io.Serial;

/** A dial that led to this very node. */
public final class OwnAddressException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  OwnAddressException() {
    super("the address is this node's own");
  }
}
