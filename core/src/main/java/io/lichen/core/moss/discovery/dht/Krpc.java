// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message of the DHT; {@link KrpcDecoder} has the limits of its parts. Immutable but octets. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public sealed interface Krpc {
  /** What ties an answer to its question; chosen by whoever asks. */
  byte[] transaction();

  /**
   * A question.
   *
   * @param id where the sender lies, as it says
   * @param ask what it wants
   * @param readOnly whether it answers nobody and belongs into no routing table (BEP 43)
   */
  record Query(byte[] transaction, NodeId id, Ask ask, boolean readOnly) implements Krpc {}

  /**
   * An answer.
   *
   * @param id where the sender lies, as it says
   * @param nodes others that it knows, near what was asked for
   * @param values peers that were announced to it
   * @param token what it wants to see with an announce
   */
  record Response(
      byte[] transaction,
      NodeId id,
      List<Contact> nodes,
      List<Endpoint> values,
      byte @Nullable [] token)
      implements Krpc {}

  /**
   * A refusal.
   *
   * @param code 201 generic, 202 server, 203 malformed or bad token, 204 unknown method
   * @param text why
   */
  record Failure(byte[] transaction, long code, String text) implements Krpc {}

  /** What is asked. */
  sealed interface Ask {
    /** Whether somebody is there. */
    record Ping() implements Ask {}

    /** Who lies near this point. */
    record FindNode(NodeId target) implements Ask {}

    /** Who was announced under this hash, or who lies near it. */
    record GetPeers(NodeId infoHash) implements Ask {}

    /**
     * That the sender is a peer.
     *
     * @param port 0 to 65535
     * @param impliedPort whether it listens at the port that it sends from, whatever {@code port}
     * @param token from an answer to {@link GetPeers}
     */
    record AnnouncePeer(NodeId infoHash, int port, boolean impliedPort, byte[] token)
        implements Ask {}

    /** Something of another specification. */
    record Unknown(String method) implements Ask {}
  }
}
