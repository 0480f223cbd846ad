// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 (RFC 2104). Stateless and thread-safe. */
public final class Hmac {
  /** Length of a tag in octets. */
  public static final int SHA256_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private Hmac() {}

  /** The 32-octet tag over the parts, taken as one message; key and parts may be empty. */
  public static byte[] sha256(byte[] key, byte[]... parts) {
    Mac mac = keyed(key);
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  /** A JCA engine under this key; reusable after each {@code doFinal}. */
  static Mac keyed(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      // HMAC pads keys with zeros, so one zero octet is the empty key, which JCA would refuse.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
    }
  }
}
