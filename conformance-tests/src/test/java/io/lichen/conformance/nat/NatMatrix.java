// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Plays cells, several at a time, and keeps what became of them. */
final class NatMatrix {
  private final Map<NatCell, Outcome> outcomes = new ConcurrentHashMap<>();
  private final Path folder;

  NatMatrix(Path folder) {
    this.folder = folder;
  }

  /** Plays them. */
  void play(List<NatCell> cells, int atATime) throws InterruptedException, ExecutionException {
    List<Callable<Outcome>> runs = new ArrayList<>();
    for (NatCell cell : cells) {
      runs.add(
          () -> {
            Outcome outcome = CellRun.play(cell, folder);
            outcomes.put(cell, outcome);
            return outcome;
          });
    }
    run(runs, atATime);
  }

  /** Plays a cell so often, and does not keep what became of it. */
  List<Outcome> play(NatCell cell, int times, int atATime)
      throws InterruptedException, ExecutionException {
    return run(Collections.nCopies(times, () -> CellRun.play(cell, folder)), atATime);
  }

  private static List<Outcome> run(List<Callable<Outcome>> runs, int atATime)
      throws InterruptedException, ExecutionException {
    try (ExecutorService executor = Executors.newFixedThreadPool(atATime)) {
      List<Outcome> done = new ArrayList<>();
      for (Future<Outcome> each : executor.invokeAll(runs)) {
        done.add(each.get());
      }
      return done;
    }
  }

  Outcome of(NatCell cell) {
    Outcome outcome = outcomes.get(cell);
    if (outcome == null) {
      throw new IllegalStateException("not played: " + cell);
    }
    return outcome;
  }

  /** A table for people: a line a pair of NATs, a column a pair of runtimes. */
  String table() {
    List<String> columns =
        outcomes.keySet().stream().map(NatCell::runtimes).distinct().sorted().toList();
    StringBuilder table = new StringBuilder("\nNAT matrix\n\n| NATs | in theory |");
    columns.forEach(column -> table.append(' ').append(column).append(" |"));
    table.append("\n|---|---|").append("---|".repeat(columns.size())).append('\n');
    outcomes.keySet().stream()
        .collect(Collectors.groupingBy(cell -> cell.left() + " → " + cell.right()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(line -> append(table, line.getKey(), line.getValue(), columns));
    return table.toString();
  }

  private void append(StringBuilder table, String name, List<NatCell> cells, List<String> columns) {
    table.append("| ").append(name).append(" | ").append(cells.getFirst().expected()).append(" |");
    for (String column : columns) {
      String text =
          cells.stream()
              .filter(cell -> cell.runtimes().equals(column))
              .map(cell -> String.valueOf(outcomes.get(cell)))
              .collect(Collectors.joining("; "));
      table.append(' ').append(text.isEmpty() ? "–" : text).append(" |");
    }
    table.append('\n');
  }
}
