// SPDX-License-Identifier: Apache-2.0
/** Append-only logs whose files the native reads and writes as well. */
module io.lichen.redex {
  requires static transitive org.jspecify;
  requires io.lichen.crypto;
  requires org.slf4j;

  exports io.lichen.redex;
  exports io.lichen.redex.replica;
}
