// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.bencode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bencoded value (docs/wire/moss-discovery.md, "Bencode"). Immutable but for its octets. */
public sealed interface Bencode {
  /** A byte string; the array is not copied. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Octets(byte[] value) implements Bencode {}

  /** A whole number of 64 bits. */
  record Whole(long value) implements Bencode {}

  /** A list. */
  record Items(List<Bencode> values) implements Bencode {}

  /** A dictionary; a character of a key is one octet. */
  record Dictionary(Map<String, Bencode> members) implements Bencode {
    /** The octets under a key; null if there is nothing, or something else. */
    public byte @Nullable [] octets(String key) {
      return members.get(key) instanceof Octets octets ? octets.value() : null;
    }

    /** The text under a key, of which an octet is a character; empty if there is none. */
    public String text(String key) {
      byte[] octets = octets(key);
      return octets == null ? "" : new String(octets, StandardCharsets.ISO_8859_1);
    }

    /** The number under a key, or the other one if there is none. */
    public long number(String key, long otherwise) {
      return members.get(key) instanceof Whole number ? number.value() : otherwise;
    }
  }
}
