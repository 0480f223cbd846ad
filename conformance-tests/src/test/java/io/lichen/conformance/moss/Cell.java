// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

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

  /** Every pair over TCP; over UDP those where Java dials: the native API dials TCP only. */
  static Stream<Cell> all() {
    return Stream.concat(tcp(), udp());
  }

  /** Every ordered pair over TCP, natives among themselves as the baseline. */
  static Stream<Cell> tcp() {
    List<Cell> cells = new ArrayList<>();
    for (Era era : List.of(Era.C, Era.A)) {
      for (Driver dialer : Driver.values()) {
        for (Driver listener : Driver.values()) {
          cells.add(new Cell(era, Carrier.TCP, dialer, listener));
        }
      }
    }
    return cells.stream().filter(Cell::isWanted);
  }

  /** The pairs over UDP where Java dials. */
  static Stream<Cell> udp() {
    List<Cell> cells = new ArrayList<>();
    for (Era era : List.of(Era.C, Era.A)) {
      for (Driver listener : Driver.values()) {
        cells.add(new Cell(era, Carrier.UDP, Driver.JAVA, listener));
      }
    }
    return cells.stream().filter(Cell::isWanted);
  }

  boolean isWanted() {
    String only = System.getProperty("lichen.interop.only", "");
    return only.isEmpty() || toString().contains(only);
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
