// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import io.lichen.conformance.child.Driver;
import java.util.stream.Stream;

/**
 * A column of the matrix: who dials whom.
 *
 * @param version the native at hand; of no account between Java nodes
 * @param dialer runtime of the side that dials
 * @param listener runtime of the side that is dialled
 */
record NetCell(NativeVersion version, Driver dialer, Driver listener) {
  /** Whether this run takes its time. */
  static final boolean IS_FULL = "full".equals(System.getProperty("lichen.suite"));

  /** Narrows a run by hand: only cells whose name contains this. */
  private static final String ONLY = System.getProperty("lichen.interop.only", "");

  /** Java with every release, each dialling; Java with Java; natives among themselves when full. */
  static Stream<NetCell> all() {
    Stream<NetCell> natives =
        Stream.of(NativeVersion.values())
            .flatMap(version -> Stream.concat(mixed(version), baseline(version)));
    return Stream.concat(Stream.of(javaOnly()), natives).filter(NetCell::isWanted);
  }

  /** Java with Java, and {@link #mixed()}. */
  static Stream<NetCell> withJava() {
    return Stream.concat(Stream.of(javaOnly()).filter(NetCell::isWanted), mixed());
  }

  /** Java with the reference release, each dialling; with every release when full. */
  static Stream<NetCell> mixed() {
    return versions().flatMap(NetCell::mixed).filter(NetCell::isWanted);
  }

  /** The reference release; every release when full. */
  static Stream<NativeVersion> versions() {
    return Stream.of(NativeVersion.values())
        .filter(version -> IS_FULL || version == NativeVersion.V0_34);
  }

  private static Stream<NetCell> mixed(NativeVersion version) {
    return Stream.of(
        new NetCell(version, Driver.JAVA, Driver.NATIVE),
        new NetCell(version, Driver.NATIVE, Driver.JAVA));
  }

  private static Stream<NetCell> baseline(NativeVersion version) {
    return IS_FULL ? Stream.of(new NetCell(version, Driver.NATIVE, Driver.NATIVE)) : Stream.empty();
  }

  static NetCell javaOnly() {
    return new NetCell(NativeVersion.V0_34, Driver.JAVA, Driver.JAVA);
  }

  private boolean isWanted() {
    return toString().contains(ONLY);
  }

  /** Whether both sides are Lichen. */
  boolean isJavaOnly() {
    return dialer == Driver.JAVA && listener == Driver.JAVA;
  }

  @Override
  public String toString() {
    String pair = dialer + "→" + listener;
    return isJavaOnly() ? pair : version + " " + pair;
  }
}
