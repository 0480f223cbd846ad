// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import java.io.Serial;

/**
 * Octets that are no message of the DHT. Carries no stack trace: a remote side can cause it as
 * often as it likes.
 */
public final class KrpcException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  KrpcException(String reason) {
    super(reason, null, false, false);
  }
}
