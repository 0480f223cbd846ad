// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.net;

import io.lichen.bench.compare.Spread;
import io.lichen.transport.net.netty.SocketTuning;
import io.lichen.transport.netty.SocketKit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the system's ways to move several datagrams at once are worth: two sockets in one process,
 * one streaming to the other on loopback, with every way in turn and round by round.
 */
final class UdpSocketBench {
  private static final int[] DATAGRAM_BYTES = {148, 1112, 7280};
  private static final int[] WINDOW_BYTES = {64 * 1024, 1024 * 1024};

  private UdpSocketBench() {}

  /** Options: rounds (5) and milliseconds of one measurement (300). */
  public static void main(String[] args) {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    long millis = args.length > 1 ? Long.parseLong(args[1]) : 300;
    for (int window : WINDOW_BYTES) {
      for (int size : DATAGRAM_BYTES) {
        measure(window, size, rounds, millis);
      }
    }
  }

  private static void measure(int window, int size, int rounds, long millis) {
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    Map<String, Double> garbage = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      for (Map.Entry<String, SocketTuning> way : ways().entrySet()) {
        boolean epoll = !way.getKey().equals("nio");
        try (DatagramStream stream =
            new DatagramStream(new SocketKit(epoll), way.getValue(), window, size)) {
          DatagramStream.Figures figures = stream.run(millis);
          if (round > 0) {
            rates.computeIfAbsent(way.getKey(), any -> new ArrayList<>()).add(figures.perSecond());
            garbage.put(way.getKey(), figures.bytesEach());
          }
        }
      }
    }
    rates.forEach(
        (way, all) -> print(window, size, way, Spread.of(all), garbage.getOrDefault(way, 0.0)));
  }

  private static Map<String, SocketTuning> ways() {
    Map<String, SocketTuning> ways = new LinkedHashMap<>();
    ways.put("nio", new SocketTuning(false, false, 1));
    for (int read : new int[] {1, 4, 16}) {
      ways.put("recvmmsg " + read, new SocketTuning(false, false, read));
    }
    ways.put("gso, recvmmsg 16", new SocketTuning(true, false, 16));
    ways.put("gro", new SocketTuning(false, true, 1));
    ways.put("gso, gro", new SocketTuning(true, true, 1));
    return ways;
  }

  private static void print(int window, int size, String way, Spread rate, Double garbage) {
    System.out.printf(
        Locale.ROOT,
        "window %7d  datagram %4d  %-18s %9.0f/s [%9.0f .. %9.0f] %7.1f MB/s %5.0f B garbage%n",
        window,
        size,
        way,
        rate.median(),
        rate.min(),
        rate.max(),
        rate.median() * size / 1e6,
        garbage);
  }
}
