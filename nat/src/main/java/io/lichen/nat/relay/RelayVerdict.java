// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.relay;

/** What a relay does with a message; low-cardinality, fit for a metric tag. */
public enum RelayVerdict {
  /** Passes it on. */
  FORWARD,
  /** It lacks something, or its session has no usable name. */
  MALFORMED,
  /** It does not come from whom it names as its source. */
  NOT_SENDER,
  /** The signature is not its source's. */
  FORGED,
  /** Its target is not connected, or only through a relay. */
  NO_TARGET,
  /** There is no room for one more session. */
  FULL,
  /** The source has as many sessions as one peer may have, or as many that nobody agreed to. */
  TOO_MANY,
  /** The session's name is in use between others. */
  NAME_TAKEN,
  /** There is no such session between the two. */
  NO_SESSION,
  /** The target has not agreed to the session. */
  NO_CONSENT,
  /** More would go out than may before the target has agreed. */
  AMPLIFIED,
  /** The sender has sent too much. */
  THROTTLED
}
