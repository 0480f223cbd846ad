// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss.tap;

import io.lichen.transport.moss.Era;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes a datagram readable: plain in era A, opened with the network's obfuscation key in era C
 * (docs/wire/moss-transport.md, "Obfuscation"). It uses the JDK's cryptography and none of ours, so
 * that it is a second opinion too. Not thread-safe.
 */
public final class DatagramReader {
  /** What a datagram says. */
  record Content(int kind, byte[] payload) {}

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int HEADER_BYTES = 3;

  private final @Nullable SecretKey key;

  private DatagramReader(@Nullable SecretKey key) {
    this.key = key;
  }

  /** For an era, and the network id that counts in era C. */
  public static DatagramReader of(Era era, String networkId) {
    if (era == Era.A) {
      return new DatagramReader(null);
    }
    byte[] network = networkId.getBytes(StandardCharsets.UTF_8);
    try {
      HKDFParameterSpec parameters =
          HKDFParameterSpec.ofExtract()
              .addIKM(network)
              .addSalt(network)
              .thenExpand("moss-obfs-v1".getBytes(StandardCharsets.UTF_8), KEY_BYTES);
      return new DatagramReader(KDF.getInstance("HKDF-SHA256").deriveKey("ChaCha20", parameters));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads a datagram, if it is one of the era and network. */
  Optional<Content> read(byte[] datagram) {
    if (key == null) {
      return content(datagram, 1, 0);
    }
    if (datagram.length < NONCE_BYTES + 16 + HEADER_BYTES) {
      return Optional.empty();
    }
    try {
      Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
      cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(datagram, 0, NONCE_BYTES));
      byte[] plain = cipher.doFinal(datagram, NONCE_BYTES, datagram.length - NONCE_BYTES);
      int padLength = ((plain[1] & 0xff) << 8) | (plain[2] & 0xff);
      return content(plain, HEADER_BYTES, padLength);
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Optional<Content> content(byte[] plain, int offset, int padLength) {
    int end = plain.length - padLength;
    return end < offset
        ? Optional.empty()
        : Optional.of(new Content(plain[0], Arrays.copyOfRange(plain, offset, end)));
  }
}
