// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

/** Describes a {@link MossNode}. Not thread-safe. */
public final class MossNodeBuilder {
  private final String meshId;

  MossNodeBuilder(String meshId) {
    this.meshId = meshId;
  }

  /** Makes the node; it is not started yet. */
  public MossNode build() {
    throw new UnsupportedOperationException(meshId);
  }
}
