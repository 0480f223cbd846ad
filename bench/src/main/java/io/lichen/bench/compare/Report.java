// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The figures of a comparison as a table for people and as JSON for programs. */
public final class Report {
  private final String title;
  private final Map<String, PairFigures> figures;
  private final List<String> rows;
  private final List<String> times;
  private final List<Contest> contests;

  /** Whom a pair is compared with: the best of some others. */
  public record Contest(String ours, List<String> theirs) {
    String name() {
      return ours + " / " + (theirs.size() == 1 ? theirs.getFirst() : "better native");
    }
  }

  /**
   * A report over figures by pair.
   *
   * @param rows the bursts to show, by their names
   * @param times the times to show, by their names
   */
  public Report(
      String title,
      Map<String, PairFigures> figures,
      List<String> rows,
      List<String> times,
      List<Contest> contests) {
    this.title = title;
    this.figures = figures;
    this.rows = rows;
    this.times = times;
    this.contests = contests;
  }

  /** The table. */
  public String table() {
    StringBuilder out = new StringBuilder(title).append("\n");
    out.append(
        line("payload", "pair", "delivered msg/s", "MB/s", "lost", "doubled", "heap B each"));
    for (String row : rows) {
      figures.forEach((pair, of) -> out.append(of.has(row) ? burstLine(row, pair, of) : ""));
      contests.forEach(c -> rate(c, row).ifPresent(r -> out.append(ratioLine("", c, r, 1))));
    }
    for (String what : times) {
      figures.forEach((pair, of) -> out.append(timeLine(what, pair, of)));
      contests.forEach(c -> time(c, what).ifPresent(r -> out.append(ratioLine(what, c, r, 2))));
    }
    figures.forEach(
        (pair, of) ->
            out.append(line("peak RSS", pair, number(of.peakResidentMegabytes, 0) + " MB")));
    return out.toString();
  }

  private static String burstLine(String row, String pair, PairFigures of) {
    return line(
        row,
        pair,
        show(of.spread(row, Burst::perSecond), 0),
        show(of.spread(row, Burst::megabytesPerSecond), 1),
        of.lost(row) + " of " + of.sent(row),
        Long.toString(of.duplicates(row)),
        heapEach(row, of));
  }

  /** What sender and receiver allocated on their JVMs' heaps; nothing of a native is known. */
  private static String heapEach(String row, PairFigures of) {
    double sender = of.spread(row, Burst::senderBytesEach).median();
    double receiver = of.spread(row, Burst::receiverBytesEach).median();
    return orDash(sender) + " + " + orDash(receiver);
  }

  private static String orDash(double figure) {
    return figure > 0 ? number(figure, 0) : "-";
  }

  private static String timeLine(String what, String pair, PairFigures of) {
    List<Double> micros = of.micros(what);
    return micros.isEmpty() ? "" : line(what, pair, show(Spread.of(micros), 1) + " us");
  }

  private static String ratioLine(String what, Contest contest, double ratio, int decimals) {
    return line(what, contest.name(), number(ratio, decimals) + " x");
  }

  /** Writes the JSON. */
  public void writeJson(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode().put("title", title);
    figures.forEach((pair, of) -> put(root.putObject(pair), of));
    for (Contest contest : contests) {
      ObjectNode ratios = root.putObject(contest.name());
      rows.forEach(row -> rate(contest, row).ifPresent(ratio -> ratios.put(row, ratio)));
      times.forEach(what -> time(contest, what).ifPresent(ratio -> ratios.put(what, ratio)));
    }
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
  }

  private void put(ObjectNode node, PairFigures of) {
    node.put("peakResidentMegabytes", of.peakResidentMegabytes);
    for (String row : rows) {
      if (of.has(row)) {
        ObjectNode burst = node.putObject(row);
        burst
            .put("sent", of.sent(row))
            .put("lost", of.lost(row))
            .put("duplicates", of.duplicates(row));
        put(burst.putObject("messagesPerSecond"), of.spread(row, Burst::perSecond));
        put(burst.putObject("megabytesPerSecond"), of.spread(row, Burst::megabytesPerSecond));
        put(burst.putObject("senderHeapBytesEach"), of.spread(row, Burst::senderBytesEach));
        put(burst.putObject("receiverHeapBytesEach"), of.spread(row, Burst::receiverBytesEach));
      }
    }
    for (String what : times) {
      if (!of.micros(what).isEmpty()) {
        put(node.putObject(what + " micros"), Spread.of(of.micros(what)));
      }
    }
  }

  /** Delivered messages per second against the best of the others, medians. */
  private OptionalDouble rate(Contest contest, String row) {
    OptionalDouble best =
        contest.theirs().stream()
            .map(this::of)
            .filter(of -> of.has(row))
            .mapToDouble(of -> of.spread(row, Burst::perSecond).median())
            .max();
    PairFigures ours = of(contest.ours());
    return best.isEmpty() || !ours.has(row)
        ? OptionalDouble.empty()
        : OptionalDouble.of(ours.spread(row, Burst::perSecond).median() / best.getAsDouble());
  }

  private OptionalDouble time(Contest contest, String what) {
    OptionalDouble best =
        contest.theirs().stream()
            .map(pair -> of(pair).micros(what))
            .filter(micros -> !micros.isEmpty())
            .mapToDouble(micros -> Spread.of(micros).median())
            .min();
    List<Double> ours = of(contest.ours()).micros(what);
    return best.isEmpty() || ours.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Spread.of(ours).median() / best.getAsDouble());
  }

  private PairFigures of(String pair) {
    return figures.getOrDefault(pair, new PairFigures());
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

  private static String line(String what, String pair, String figure) {
    return line(what, pair, figure, "", "", "", "");
  }

  private static String line(
      String what,
      String pair,
      String figure,
      String second,
      String third,
      String fourth,
      String fifth) {
    return String.format(
                Locale.ROOT,
                "%-24s %-24s %30s %26s %20s %8s %14s",
                what,
                pair,
                figure,
                second,
                third,
                fourth,
                fifth)
            .stripTrailing()
        + "\n";
  }
}
