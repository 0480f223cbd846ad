// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.crypto;

import io.lichen.bench.CostBenchmark;
import io.lichen.crypto.Ed25519;
import io.lichen.crypto.X25519;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.concurrent.TimeUnit;
import javax.crypto.KeyAgreement;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;

/** Signatures and agreements: BouncyCastle's low-level classes, as we use them, against the JDK. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CurvesBenchmark extends CostBenchmark {
  private final byte[] seed = {
    1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8
  };
  private final byte[] publicKey = Ed25519.publicKey(seed);
  private final byte[] point = X25519.publicKey(seed);
  private final byte[] message = new byte[100];
  private final byte[] signature = Ed25519.sign(seed, publicKey, message);
  private final KeyPair jdkEd = keyPair("Ed25519");
  private final KeyPair jdkX = keyPair("X25519");
  private byte[] jdkSignature = new byte[0];

  /** Signs once for the verifying benchmark. */
  @Setup
  public void sign() throws GeneralSecurityException {
    jdkSignature = jdkSign();
  }

  /** Ed25519, signing. */
  @Benchmark
  public byte[] lichenSign() {
    return Ed25519.sign(seed, publicKey, message);
  }

  /** Ed25519, verifying. */
  @Benchmark
  public boolean lichenVerify() {
    return Ed25519.verify(publicKey, message, signature);
  }

  /** X25519, a public key. */
  @Benchmark
  public byte[] lichenPublicKey() {
    return X25519.publicKey(seed);
  }

  /** X25519, an agreement. */
  @Benchmark
  public byte[] lichenAgree() {
    return X25519.agree(seed, point);
  }

  /** Ed25519 by the JDK, signing. */
  @Benchmark
  public byte[] jdkSign() throws GeneralSecurityException {
    Signature engine = Signature.getInstance("Ed25519");
    engine.initSign(jdkEd.getPrivate());
    engine.update(message);
    return engine.sign();
  }

  /** Ed25519 by the JDK, verifying. */
  @Benchmark
  public boolean jdkVerify() throws GeneralSecurityException {
    Signature engine = Signature.getInstance("Ed25519");
    engine.initVerify(jdkEd.getPublic());
    engine.update(message);
    return engine.verify(jdkSignature);
  }

  /** X25519 by the JDK, an agreement. */
  @Benchmark
  public byte[] jdkAgree() throws GeneralSecurityException {
    KeyAgreement engine = KeyAgreement.getInstance("X25519");
    engine.init(jdkX.getPrivate());
    engine.doPhase(jdkX.getPublic(), true);
    return engine.generateSecret();
  }

  private static KeyPair keyPair(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
