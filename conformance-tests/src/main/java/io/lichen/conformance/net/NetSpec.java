// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import io.lichen.conformance.child.Driver;
import java.util.HexFormat;
import java.util.Random;

/**
 * How to start a node. Immutable; the {@code with…} methods make altered copies.
 *
 * @param driver which runtime
 * @param version which native; of no account for Java
 * @param psk 32 bytes, hex
 * @param seed of the identity, 32 bytes, hex
 * @param bind {@code host:port}, port 0 for any
 * @param configJson a JSON object of upstream's keys
 */
public record NetSpec(
    Driver driver, NativeVersion version, String psk, String seed, String bind, String configJson) {
  /** The key that nodes have in common unless told otherwise. */
  public static final String PSK = "5a".repeat(32);

  /** A node on loopback, any port, with the common key and an identity from a number. */
  public static NetSpec of(Driver driver, NativeVersion version, long identity) {
    byte[] seed = new byte[32];
    new Random(identity).nextBytes(seed);
    String hex = HexFormat.of().formatHex(seed);
    return new NetSpec(driver, version, PSK, hex, "127.0.0.1:0", "{}");
  }

  /** With another pre-shared key. */
  public NetSpec withPsk(String key) {
    return new NetSpec(driver, version, key, seed, bind, configJson);
  }

  /** On a certain address. */
  public NetSpec withBind(String address) {
    return new NetSpec(driver, version, psk, seed, address, configJson);
  }

  /** With upstream's keys. */
  public NetSpec withConfig(String json) {
    return new NetSpec(driver, version, psk, seed, bind, json);
  }

  @Override
  public String toString() {
    return driver == Driver.JAVA ? "Java" : "libnet " + version;
  }
}
