// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

/** Why a log refused. */
public enum RedexError {
  /** The name is no channel name, or would lie where a log keeps its own files. */
  NAME,
  /** The configuration contradicts itself or the log. */
  CONFIG,
  /** The payload does not fit: the live payloads of a log are at most 3 GiB. */
  PAYLOAD_TOO_LARGE,
  /** A guarded append expected another sequence number to be next. */
  SEQ_MISMATCH,
  /** The log, or the manager of logs, is closed. */
  CLOSED,
  /** What a reader waits for was evicted; it may go on from the oldest record that is left. */
  LAGGED,
  /** The disk failed, is full, or is in use by another process. */
  IO,
  /** An earlier failure left it unknown what is durable; the log must be opened anew. */
  POISONED,
  /** The files contradict each other in a way that would lose records if they were opened. */
  DAMAGED,
  /** Nothing was appended: another node leads the log's replicas, or none. */
  NOT_LEADER,
  /** Leadership of the log's replicas ended before enough of them had the records. */
  UNACKNOWLEDGED
}
