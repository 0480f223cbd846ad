// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.bus;

import static io.lichen.conformance.vectors.VectorFile.BUS;

import io.lichen.conformance.vectors.KindTable;
import io.lichen.conformance.vectors.MixedCheck;

/** The states of all kinds of the event bus. */
public final class BusKinds {
  private BusKinds() {}

  /** The table. */
  public static KindTable table() {
    return new KindTable()
        .run(BUS, "calls", new CallsCheck())
        .run(BUS, "init", new MixedCheck(BusChecks::init, "ok"))
        .run(
            BUS,
            "shard_selection",
            new MixedCheck(BusChecks::shardSelection, "rc", "shard", "xxh3_hex"))
        .run(BUS, "cursor_one", new MixedCheck(BusChecks::cursor, "encoded", "positions"))
        .run(BUS, "cursor_decode", new ResultCheck(BusChecks::cursorDecode))
        .run(BUS, "filter", new ResultCheck(BusChecks::filter));
  }
}
