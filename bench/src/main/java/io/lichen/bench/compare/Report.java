// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The figures of a comparison as a table for people and as JSON for programs. */
final class Report {
  private static final String LICHEN = "lichen";

  private final Map<String, PairFigures> figures;
  private final int[] sizes;
  private final int rounds;
  private final long durationMs;

  Report(Map<String, PairFigures> figures, int[] sizes, int rounds, long durationMs) {
    this.figures = figures;
    this.sizes = sizes;
    this.rounds = rounds;
    this.durationMs = durationMs;
  }

  String table() {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "Moss, two processes on loopback TCP, %d rounds of %d ms, median [min .. max]%n",
            rounds,
            durationMs));
    out.append(row("payload", "pair", "delivered msg/s", "MB/s", "lost", "doubled"));
    for (int size : sizes) {
      figures.forEach((kind, pair) -> out.append(burstRow(size, kind, pair)));
      out.append(row("", "lichen / better native", number(ratio(size), 1) + " x", "", "", ""));
    }
    figures.forEach(
        (kind, pair) ->
            out.append(row("connect", kind, show(Spread.of(pair.connectMicros), 0) + " us")));
    out.append(row("connect", "lichen / better native", number(connectRatio(), 2) + " x"));
    figures.forEach(
        (kind, pair) ->
            out.append(row("peak RSS", kind, number(pair.peakResidentMegabytes, 0) + " MB")));
    return out.toString();
  }

  private static String burstRow(int size, String kind, PairFigures pair) {
    return row(
        Integer.toString(size),
        kind,
        show(pair.spread(size, PeerPair.Burst::perSecond), 0),
        show(pair.spread(size, PeerPair.Burst::megabytesPerSecond), 1),
        pair.lost(size) + " of " + pair.sent(size),
        Long.toString(pair.duplicates(size)));
  }

  void writeJson(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("rounds", rounds).put("durationMs", durationMs);
    figures.forEach(
        (kind, pair) -> {
          ObjectNode node = root.putObject(kind);
          node.put("peakResidentMegabytes", pair.peakResidentMegabytes);
          put(node.putObject("connectMicros"), Spread.of(pair.connectMicros));
          for (int size : sizes) {
            ObjectNode burst = node.putObject("payload-" + size);
            burst
                .put("sent", pair.sent(size))
                .put("lost", pair.lost(size))
                .put("duplicates", pair.duplicates(size));
            put(burst.putObject("messagesPerSecond"), pair.spread(size, PeerPair.Burst::perSecond));
            put(
                burst.putObject("megabytesPerSecond"),
                pair.spread(size, PeerPair.Burst::megabytesPerSecond));
          }
        });
    ObjectNode ratios = root.putObject("lichenToBetterNative");
    for (int size : sizes) {
      ratios.put("payload-" + size, ratio(size));
    }
    ratios.put("connect", connectRatio());
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
  }

  /** Delivered messages per second against the better native configuration's, medians. */
  private double ratio(int size) {
    double ours = 0;
    double theirs = 0;
    for (Map.Entry<String, PairFigures> pair : figures.entrySet()) {
      double median = pair.getValue().spread(size, PeerPair.Burst::perSecond).median();
      if (pair.getKey().equals(LICHEN)) {
        ours = median;
      } else {
        theirs = Math.max(theirs, median);
      }
    }
    return ours / theirs;
  }

  private double connectRatio() {
    double ours = 0;
    double theirs = Double.MAX_VALUE;
    for (Map.Entry<String, PairFigures> pair : figures.entrySet()) {
      double median = Spread.of(pair.getValue().connectMicros).median();
      if (pair.getKey().equals(LICHEN)) {
        ours = median;
      } else {
        theirs = Math.min(theirs, median);
      }
    }
    return ours / theirs;
  }

  private static void put(ObjectNode node, Spread spread) {
    node.put("median", spread.median()).put("min", spread.min()).put("max", spread.max());
  }

  private static String show(Spread spread, int decimals) {
    return number(spread.median(), decimals)
        + " ["
        + number(spread.min(), decimals)
        + " .. "
        + number(spread.max(), decimals)
        + "]";
  }

  private static String number(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }

  private static String row(String what, String pair, String figure) {
    return row(what, pair, figure, "", "", "");
  }

  private static String row(
      String what, String pair, String figure, String second, String third, String fourth) {
    return String.format(
                Locale.ROOT,
                "%-9s %-24s %30s %26s %20s %8s",
                what,
                pair,
                figure,
                second,
                third,
                fourth)
            .stripTrailing()
        + "\n";
  }
}
