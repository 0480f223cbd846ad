// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

/** What translates in a router between {@code lan} and {@code wan}. */
interface Translator extends AutoCloseable {
  /** Sees to it that those inside are seen at this address. */
  void translateTo(String external);

  /** Forgets all mappings. */
  void flush();

  @Override
  void close();
}
