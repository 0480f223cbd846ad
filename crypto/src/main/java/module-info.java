// SPDX-License-Identifier: Apache-2.0
/** Noise, identities, permission tokens, key stores, AEAD and hashes: right to the byte. */
module io.lichen.crypto {
  // Optional: long BLAKE2s inputs take it where the JVM was started with it.
  requires static jdk.incubator.vector;
  requires static transitive org.jspecify;
  requires com.dynatrace.hash4j;
  requires org.bouncycastle.provider;

  exports io.lichen.crypto;
  exports io.lichen.crypto.entity;
  exports io.lichen.crypto.identity;
  exports io.lichen.crypto.noise;
  exports io.lichen.crypto.token;
}
