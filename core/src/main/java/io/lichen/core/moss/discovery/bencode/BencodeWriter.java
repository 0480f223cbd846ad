// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.bencode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Writes values in their one canonical form: the keys of a dictionary are sorted. Stateless. */
public final class BencodeWriter {
  private BencodeWriter() {}

  /** The octets of a value. */
  public static byte[] write(Bencode value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    append(out, value);
    return out.toByteArray();
  }

  private static void append(ByteArrayOutputStream out, Bencode value) {
    switch (value) {
      case Bencode.Octets octets -> octets(out, octets.value());
      case Bencode.Whole number -> ascii(out, "i" + number.value() + "e");
      case Bencode.Items items -> {
        out.write('l');
        items.values().forEach(item -> append(out, item));
        out.write('e');
      }
      case Bencode.Dictionary dictionary -> {
        out.write('d');
        // A character of a key is one octet, so that their order is that of the octets.
        for (Map.Entry<String, Bencode> member : new TreeMap<>(dictionary.members()).entrySet()) {
          octets(out, member.getKey().getBytes(StandardCharsets.ISO_8859_1));
          append(out, member.getValue());
        }
        out.write('e');
      }
    }
  }

  private static void octets(ByteArrayOutputStream out, byte[] octets) {
    ascii(out, octets.length + ":");
    out.writeBytes(octets);
  }

  private static void ascii(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
