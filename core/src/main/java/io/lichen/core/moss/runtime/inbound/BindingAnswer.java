// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.inbound;

import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;

/**
 * What a {@code binding_request} is answered (docs/wire/moss-nat.md, "Inputs"): where the asker
 * could be dialled, as far as can be told from here.
 */
public final class BindingAnswer {
  private static final int MAX_PORT_DIGITS = 5;

  private BindingAnswer() {}

  /** Whether a request wants an answer: without an id nobody could tell what it is for. */
  public static boolean isWanted(Envelope request) {
    return !request.requestId().isEmpty();
  }

  /**
   * The answer to a request that wants one.
   *
   * @param seen the other end's address, {@code host:port}
   */
  public static Envelope to(Envelope request, String seen) {
    return Envelope.of(EnvelopeType.BINDING_RESPONSE)
        .requestId(request.requestId())
        .observedAddress(of(seen, request.advertisedAddress()))
        .build();
  }

  /**
   * The host of the session with the port at which the asker says it listens, if it says one.
   *
   * @param seen the other end's address, {@code host:port}
   * @param advertised what the asker says, perhaps nothing, perhaps garbage
   */
  static String of(String seen, String advertised) {
    String port = port(advertised);
    return port.isEmpty() ? seen : seen.substring(0, seen.lastIndexOf(':') + 1) + port;
  }

  /** Its port, or nothing. */
  private static String port(String advertised) {
    int colon = advertised.lastIndexOf(':');
    String port = advertised.substring(colon + 1);
    boolean isOne =
        colon > 0
            && !port.isEmpty()
            && port.length() <= MAX_PORT_DIGITS
            && port.chars().allMatch(c -> c >= '0' && c <= '9')
            && Integer.parseInt(port) <= 65_535;
    return isOne ? port : "";
  }
}
