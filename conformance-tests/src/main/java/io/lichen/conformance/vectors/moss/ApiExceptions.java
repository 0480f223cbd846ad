// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck.Deviation;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of recorded call sequences in which Lichen answers otherwise, or in which Java has
 * nothing to call. A row: sequence | number of the call | call | member | recorded | ours | why.
 */
final class ApiExceptions {
  private static final String NOTHING_TO_CALL = "-";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String ROWS =
      """
      before start | 10 | connect_to_peer(valid) | code | -3 | - | dialling by peer id comes with NAT traversal
      before start | 11 | connect_to_peer('abc') | code | -8 | - | dialling by peer id comes with NAT traversal
      connect | 5 | connect_to_peer(own id) | code | -8 | - | dialling by peer id comes with NAT traversal
      connect | 6 | connect_to_peer(64 non-hex chars) | code | 0 | - | dialling by peer id comes with NAT traversal
      connect | 7 | connect_to_peer(63 chars) | code | -8 | - | dialling by peer id comes with NAT traversal
      start twice, stop twice, restart | 5 | start() | code | 0 | -1 | a stopped node stays stopped: whoever wants another makes another
      start twice, stop twice, restart | 6 | stop() | code | 0 | -3 | a stopped node stays stopped: whoever wants another makes another
      started, no peers | 6 | publish('a', 65536 bytes) | code | -6 | -5 | sealed, it would be larger than any receiver takes, and cost us our score there
      init | 0 | Init(NULL,NULL,NULL) | result | -8 | - | null is not a string in a @NullMarked package
      init | 4 | second handle = first + 1 | result | true | - | nodes are objects, not numbers
      unknown handle | 0 | Start | result | -1 | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 1 | Stop | result | -1 | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 2 | Subscribe | result | -1 | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 3 | Unsubscribe | result | -1 | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 4 | Publish(NULL data,len 1) | result | -1 | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 5 | Connect | result | -1 | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 6 | ConnectToPeer(NULL) | result | -1 | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 7 | GetMeshInfo | result | null | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 8 | GetPublicKey | result | null | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 9 | GetNATType | result | null | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 10 | LastError | result | null | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 11 | GetNetworkStats | result | null | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 12 | SetCallback | result | -1 | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 13 | SetEventCallback | result | -1 | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 14 | SetScoringCallback | result | -1 | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 15 | SetRelayCallback | result | -1 | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 16 | RelaySendTo(NULL) | result | -1 | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 17 | JoinRoom(NULL) | result | -1 | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 18 | EnableAxiom | result | -1 | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 19 | LogEvent | result | -1 | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 20 | handle 0 Start | result | -1 | - | nodes are objects: there is no way to name one that is not there
      unknown handle | 21 | handle -1 Start | result | -1 | - | nodes are objects: there is no way to name one that is not there
      before start, room 'm' | 1 | LastError | result | "" | - | the text of an error stands in its exception
      before start, room 'm' | 4 | Publish('a',NULL,1) | result | -8 | - | an array knows its length: there is no null with a length
      before start, room 'm' | 5 | Publish('',NULL,1) | result | -8 | - | an array knows its length: there is no null with a length
      before start, room 'm' | 7 | Publish('',big,65537) | result | -5 | -4 | the channel is looked at first, as in the native's own core
      before start, room 'm' | 13 | ConnectToPeer(NULL) | result | -8 | - | dialling by peer id comes with NAT traversal
      before start, room 'm' | 14 | RelaySendTo(NULL,x,1) | result | -8 | - | peers are named by ids, which are never null
      before start, room 'm' | 15 | RelaySendTo(64 a,x,-1) | result | -8 | - | an array knows its length
      before start, room 'm' | 22 | PublishRoom('r3','a',x,1) | result | -3 | -14 | whoever has no room to publish in has not joined it: that is seen first
      before start, room 'm' | 23 | PublishRoom('r2','a',NULL,1) | result | -8 | - | an array knows its length: there is no null with a length
      before start, room 'm' | 25 | LeaveRoom(NULL) | result | -8 | - | null is not a string in a @NullMarked package; the empty name is the own room, which cannot be left
      before start, room 'm' | 29 | EnableAxiom('','','','') | result | 0 | - | Lichen uploads nothing
      before start, room 'm' | 30 | LogEvent | result | 0 | - | Lichen uploads nothing
      stop of a never started node | 1 | Stop | result | -1 | -3 | there is no handle to lose: it still never ran
      key store | 0 | SetKeyStore | result | 0 | - | a key store belongs to one node's builder, not to the process
      key store | 3 | Init with blob with version byte 2 | result | "ok" | -8 | what is no identity is refused and kept, not replaced
      key store | 3 | Init with blob with version byte 2 | saved | 1 | 0 | what is no identity is refused and kept, not replaced
      key store | 3 | Init with blob with version byte 2 | saved_length | 129 | 0 | what is no identity is refused and kept, not replaced
      key store | 3 | Init with blob with version byte 2 | key_equals_blob | false | null | what is no identity is refused and kept, not replaced
      key store | 4 | Init with 128 bytes | result | "ok" | -8 | what is no identity is refused and kept, not replaced
      key store | 4 | Init with 128 bytes | saved | 1 | 0 | what is no identity is refused and kept, not replaced
      key store | 4 | Init with 128 bytes | saved_length | 129 | 0 | what is no identity is refused and kept, not replaced
      key store | 8 | Init with reported size 64, read returns 64 | result | "ok" | -8 | what is no identity is refused and kept, not replaced
      key store | 8 | Init with reported size 64, read returns 64 | saved | 1 | 0 | what is no identity is refused and kept, not replaced
      key store | 8 | Init with reported size 64, read returns 64 | saved_length | 129 | 0 | what is no identity is refused and kept, not replaced
      key store | 8 | Init with reported size 64, read returns 64 | key_equals_blob | false | null | what is no identity is refused and kept, not replaced
      key store | 9 | SetKeyStore(NULL,NULL) | result | 0 | - | a key store belongs to one node's builder, not to the process
      """;

  private record Row(
      String sequence,
      int number,
      String call,
      String member,
      JsonNode recorded,
      JsonNode ours,
      String reason) {
    Deviation deviation() {
      return new Deviation("/calls/" + number + "/" + member, recorded, ours, reason);
    }

    boolean isAbout(Vector vector) {
      return vector.name().equals(sequence)
          && vector.inputs().path("calls").path(number).path("call").asText().equals(call);
    }
  }

  private static final List<Row> ALL = rows();

  private ApiExceptions() {}

  static List<Deviation> of(Vector vector) {
    return ALL.stream().filter(row -> row.isAbout(vector)).map(Row::deviation).toList();
  }

  /** Whether Java has something to call for this call of a sequence. */
  static boolean canBeCalled(Vector vector, int number) {
    return ALL.stream()
        .noneMatch(row -> row.number == number && row.ours.isMissingNode() && row.isAbout(vector));
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String line : ROWS.lines().toList()) {
      String[] columns = line.split(" \\| ", -1);
      rows.add(
          new Row(
              columns[0],
              Integer.parseInt(columns[1]),
              columns[2],
              columns[3],
              json(columns[4]),
              columns[5].equals(NOTHING_TO_CALL) ? MissingNode.getInstance() : json(columns[5]),
              columns[6]));
    }
    return rows;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(text, e);
    }
  }
}
