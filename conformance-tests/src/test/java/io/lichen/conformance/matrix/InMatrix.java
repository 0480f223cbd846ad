// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.matrix;

/** A test class whose methods fill cells of a matrix. */
public interface InMatrix {
  /** The end of the message of a test that aborts without leaving a mark: its row says nothing. */
  String DOES_NOT_APPLY = "does not apply here";

  /** The wire whose matrix it is, as in the name of its file. */
  String wire();

  /** The column that this invocation of the class is for; its text is the column's title. */
  Object cell();
}
