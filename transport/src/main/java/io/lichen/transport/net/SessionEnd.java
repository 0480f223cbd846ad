// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

/** Why a session ended; low-cardinality, fit for a metric tag. */
public enum SessionEnd {
  /** A newer session with the same node took its place. */
  REPLACED,
  /** This side closed it. */
  CLOSED,
  /** Idle, and another one needed the room. */
  EVICTED,
  /** The transport was closed. */
  STOPPED
}
