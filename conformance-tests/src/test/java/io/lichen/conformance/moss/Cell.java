// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import io.lichen.conformance.child.Driver;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.Era;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A column of the matrix: who dials whom, over what.
 *
 * @param era generation of the wire
 * @param carrier what the dialer dials
 * @param dialer runtime of the side that dials
 * @param listener runtime of the side that is dialled
 */
record Cell(Era era, Carrier carrier, Driver dialer, Driver listener) {
  /** The network in which era C nodes are unless told otherwise. */
  static final String DEFAULT_NETWORK = "moss/1";

  /** Whether this run takes its time; otherwise each scenario still sees every kind of pair. */
  static final boolean IS_FULL = "full".equals(System.getProperty("lichen.suite"));

  /** Narrows a run by hand: only cells whose name contains this. */
  private static final String ONLY = System.getProperty("lichen.interop.only", "");

  /** Every pair over TCP; over UDP those where Java dials: the native API dials TCP only. */
  static Stream<Cell> all() {
    return Stream.concat(tcp(), udp());
  }

  /** Those of {@link #all} where Java is involved; all of them in the full suite. */
  static Stream<Cell> withJava() {
    return all().filter(cell -> IS_FULL || !cell.isBaseline());
  }

  /** {@link #withJava}, over UDP only from Java to a native; all of them in the full suite. */
  static Stream<Cell> core() {
    return withJava().filter(Cell::isCore);
  }

  /** Over UDP from Java to a native in era C; in the full suite to Java too, in both eras. */
  static Stream<Cell> udpFromJava() {
    return core().filter(cell -> cell.carrier == Carrier.UDP && (IS_FULL || cell.era == Era.C));
  }

  /** The {@link #core} cells of era A. */
  static Stream<Cell> coreOfEraA() {
    return core().filter(cell -> cell.era == Era.A);
  }

  /** The {@link #core} cells of era C. */
  static Stream<Cell> coreOfEraC() {
    return core().filter(cell -> cell.era == Era.C);
  }

  /** Between the runtimes in era C over TCP; in the full suite all TCP cells of both eras. */
  static Stream<Cell> mixedOverTcp() {
    return tcpWithJava().filter(cell -> IS_FULL || (cell.era == Era.C && cell.isMixed()));
  }

  /** Those of {@link #mixedOverTcp} in era C, never natives among themselves. */
  static Stream<Cell> mixedOverTcpOfEraC() {
    return mixedOverTcp().filter(cell -> cell.era == Era.C && !cell.isBaseline());
  }

  /** {@link #mixedOverTcp} where both sides do the same: one sample is enough. */
  static Stream<Cell> symmetricOverTcp() {
    return mixedOverTcp().filter(cell -> IS_FULL || cell.dialer == Driver.JAVA);
  }

  /** {@link #symmetricOverTcp} of era C; in the full suite all {@link #coreOfEraC}. */
  static Stream<Cell> symmetricOfEraC() {
    return IS_FULL ? coreOfEraC() : symmetricOverTcp();
  }

  /** Those of {@link #withJava} where both sides can dial: over UDP that is Java with Java. */
  static Stream<Cell> whereBothDial() {
    return withJava().filter(cell -> cell.carrier == Carrier.TCP || cell.listener == Driver.JAVA);
  }

  /** The cells of {@link #withJava} over TCP. */
  static Stream<Cell> tcpWithJava() {
    return withJava().filter(cell -> cell.carrier == Carrier.TCP);
  }

  /** Those of {@link #tcpWithJava} that are of era C. */
  static Stream<Cell> tcpOfEraC() {
    return tcpWithJava().filter(cell -> cell.era == Era.C);
  }

  /** Pairs over UDP where a native dials, natives among themselves in the full suite only. */
  static Stream<Cell> udpFromNatives() {
    return pairs(Carrier.UDP)
        .filter(cell -> cell.dialer == Driver.NATIVE && (IS_FULL || !cell.isBaseline()));
  }

  private static Stream<Cell> tcp() {
    return pairs(Carrier.TCP);
  }

  private static Stream<Cell> udp() {
    return pairs(Carrier.UDP).filter(cell -> cell.dialer == Driver.JAVA);
  }

  private static Stream<Cell> pairs(Carrier carrier) {
    List<Cell> cells = new ArrayList<>();
    for (Era era : List.of(Era.C, Era.A)) {
      for (Driver dialer : Driver.values()) {
        for (Driver listener : Driver.values()) {
          cells.add(new Cell(era, carrier, dialer, listener));
        }
      }
    }
    return cells.stream().filter(cell -> cell.toString().contains(ONLY));
  }

  private boolean isCore() {
    return IS_FULL || carrier == Carrier.TCP || dialer != listener;
  }

  private boolean isMixed() {
    return dialer != listener;
  }

  /**
   * Of the {@link #core} cells four in which each generation and carrier is found, and each runtime
   * on each side of the other: natives of era C dial Lichen, Lichen those of era A, over UDP those
   * of era C, and over TCP itself.
   */
  boolean isOfDiagonal() {
    if (carrier == Carrier.UDP) {
      return era == Era.C;
    }
    return listener == Driver.JAVA ? era == Era.C : era == Era.A;
  }

  /** Whether no Java is involved: then a failure tells of the harness or of the native. */
  boolean isBaseline() {
    return dialer == Driver.NATIVE && listener == Driver.NATIVE;
  }

  @Override
  public String toString() {
    return era + " " + carrier + " " + dialer + "→" + listener;
  }
}
