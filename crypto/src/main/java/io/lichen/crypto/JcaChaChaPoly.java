// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * ChaCha20-Poly1305 by the JDK's own, intrinsic-backed cipher; one reused {@code Cipher} for each
 * direction, made when first needed. Ranges are checked by {@link ChaChaPoly}. Not thread-safe.
 */
final class JcaChaChaPoly {
  private static final String ALGORITHM = "ChaCha20-Poly1305";

  private final SecretKeySpec key;
  private @Nullable Cipher sealer;
  private @Nullable Cipher opener;

  JcaChaChaPoly(byte[] key) {
    this.key = new SecretKeySpec(key, "ChaCha20");
  }

  void seal(
      byte[] nonce,
      byte[] aad,
      int aadOff,
      int aadLen,
      byte[] in,
      int inOff,
      int inLen,
      byte[] out,
      int outOff) {
    try {
      Cipher cipher = sealer();
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(nonce));
      cipher.updateAAD(aad, aadOff, aadLen);
      cipher.doFinal(in, inOff, inLen, out, outOff);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot seal " + inLen + " octets", e);
    }
  }

  boolean open(
      byte[] nonce,
      byte[] aad,
      int aadOff,
      int aadLen,
      byte[] in,
      int inOff,
      int inLen,
      byte[] out,
      int outOff) {
    try {
      Cipher cipher = opener();
      cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(nonce));
      cipher.updateAAD(aad, aadOff, aadLen);
      cipher.doFinal(in, inOff, inLen, out, outOff);
      return true;
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot open " + inLen + " octets", e);
    }
  }

  private Cipher sealer() throws GeneralSecurityException {
    Cipher cipher = sealer;
    if (cipher == null) {
      cipher = Cipher.getInstance(ALGORITHM);
      sealer = cipher;
    }
    return cipher;
  }

  private Cipher opener() throws GeneralSecurityException {
    Cipher cipher = opener;
    if (cipher == null) {
      cipher = Cipher.getInstance(ALGORITHM);
      opener = cipher;
    }
    return cipher;
  }
}
