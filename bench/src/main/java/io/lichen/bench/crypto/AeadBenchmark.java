// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.crypto;

import io.lichen.bench.CostBenchmark;
import io.lichen.crypto.ChaChaPoly;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What sealing and opening one record costs, by size: ours, and the JCA's reused cipher alone. */
public class AeadBenchmark extends CostBenchmark {
  private static final byte[] NO_AAD = new byte[0];

  /** Octets of plaintext. */
  @Param({"64", "128", "256", "350", "1024", "16384", "60000", "80000"})
  public int size;

  private final ChaChaPoly sealer = new ChaChaPoly(new byte[ChaChaPoly.KEY_BYTES]);
  private final ChaChaPoly opener = new ChaChaPoly(new byte[ChaChaPoly.KEY_BYTES]);
  private final SecretKeySpec key = new SecretKeySpec(new byte[ChaChaPoly.KEY_BYTES], "ChaCha20");
  private final ByteBuffer nonce =
      ByteBuffer.allocate(ChaChaPoly.NONCE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final Cipher jcaSealer = cipher();
  private final Cipher jcaOpener = cipher();
  private long counter;
  private byte[] plain = new byte[0];
  private byte[] sealed = new byte[0];
  private byte[] out = new byte[0];

  /** Fills and seals a message. */
  @Setup
  public void fill() {
    plain = octets(size);
    sealed = new byte[size + ChaChaPoly.TAG_BYTES];
    out = new byte[size + ChaChaPoly.TAG_BYTES];
    sealer.seal(counter, NO_AAD, 0, 0, plain, 0, size, sealed, 0);
  }

  /** Seals under a fresh counter. */
  @Benchmark
  public int seal() {
    return sealer.seal(++counter, NO_AAD, 0, 0, plain, 0, size, out, 0);
  }

  /** Opens the record of counter 0. */
  @Benchmark
  public int open() {
    int length = opener.open(0, NO_AAD, 0, 0, sealed, 0, sealed.length, out, 0);
    if (length != size) {
      throw new IllegalStateException("opened " + length + " octets of " + size);
    }
    return length;
  }

  /** Seals under a fresh counter with the JCA whatever the size. */
  @Benchmark
  public int jcaSeal() throws GeneralSecurityException {
    jcaSealer.init(Cipher.ENCRYPT_MODE, key, nonce(++counter));
    return jcaSealer.doFinal(plain, 0, size, out, 0);
  }

  /** Opens the record of counter 0 with the JCA whatever the size. */
  @Benchmark
  public int jcaOpen() throws GeneralSecurityException {
    jcaOpener.init(Cipher.DECRYPT_MODE, key, nonce(0));
    return jcaOpener.doFinal(sealed, 0, sealed.length, out, 0);
  }

  private IvParameterSpec nonce(long value) {
    nonce.putLong(Integer.BYTES, value);
    return new IvParameterSpec(nonce.array());
  }

  private static Cipher cipher() {
    try {
      return Cipher.getInstance("ChaCha20-Poly1305");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
