// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.files;

import org.jspecify.annotations.Nullable;

/** Where files come from. Thread-safe. */
public interface FileSource {
  /** The file of a path, or null without one; folders are none. */
  @Nullable ServedFile find(SafePath path);
}
