// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

/** A test class whose methods fill cells of the matrix. */
interface InMatrix {
  /** The column that this invocation of the class is for. */
  Cell cell();
}
