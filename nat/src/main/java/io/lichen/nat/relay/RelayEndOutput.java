// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.relay;

/**
 * What an end of relayed sessions wants done.
 *
 * @param <P> names a peer
 */
public interface RelayEndOutput<P> {
  /** Ask this relay for this session. */
  void request(RelaySession<P> session);

  /** Nobody waits for this session any more; the relay, or the other end, may think it is open. */
  void abandoned(RelaySession<P> session);

  /** No candidate led to the target in time. */
  void failed(P target);
}
