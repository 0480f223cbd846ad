// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import io.lichen.crypto.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The name of a mesh towards trackers and the DHT (docs/wire/moss-mesh.md, "Info hash"). Stateless.
 */
public final class InfoHash {
  /** Length of an info hash in octets. */
  public static final int BYTES = 20;

  private static final byte[] LABEL = "moss-infohash".getBytes(StandardCharsets.US_ASCII);

  private InfoHash() {}

  /**
   * The info hash of a mesh.
   *
   * @param sessionMeshId the mesh id in era A, the network id in era C
   * @param psk the pre-shared key of an era A mesh; null in era C and in open meshes
   */
  public static byte[] of(String sessionMeshId, byte @Nullable [] psk) {
    return sha1(psk == null ? utf8(sessionMeshId) : secret(sessionMeshId, psk));
  }

  /** What is hashed for a mesh with a pre-shared key, so that the hash does not tell its name. */
  public static byte[] secret(String sessionMeshId, byte[] psk) {
    return Hkdf.sha256(psk, utf8(sessionMeshId), LABEL, BYTES);
  }

  private static byte[] sha1(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
