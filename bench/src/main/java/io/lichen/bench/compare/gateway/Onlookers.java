// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A process of onlookers: {@code PORT SUBSCRIBERS DASHBOARDS CHANNEL}, the last being the one that
 * dashboards show. Says {@code ready} when all are there; at each line that it reads it says how
 * many messages subscribers got since the last one, and within which time half of them and 99 %
 * came, in microseconds.
 */
public final class Onlookers {
  private Onlookers() {}

  /** Looks on until its input ends. */
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int subscribers = Integer.parseInt(args[1]);
    int dashboards = Integer.parseInt(args[2]);
    SocketCrowd crowd = new SocketCrowd(port);
    for (int i = 0; i < subscribers; i++) {
      crowd.join(List.of(BusyMesh.WATCHED), true);
    }
    List<Thread> pages = new ArrayList<>();
    for (int i = 0; i < dashboards; i++) {
      crowd.join(List.of("$events", args[3]), false);
      pages.add(Thread.ofVirtual().start(new PagePolls(port)));
    }
    Thread.ofPlatform().daemon().start(crowd);
    say("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (in.readLine() != null) {
      say(crowd.takeFigures());
    }
    pages.forEach(Thread::interrupt);
  }

  private static void say(String line) throws IOException {
    System.out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }
}
