// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that opens logs until it may open no more files, and goes on with those it has. */
final class ManyLogs {
  private static final int MORE_TRIES = 20;

  private ManyLogs() {}

  /** Takes a directory; says how many logs could be opened. Each has two records in the end. */
  public static void main(String[] args) {
    try (Redex redex = Redex.open(Path.of(args[0]))) {
      loadClasses(redex);
      List<RedexFile> logs = new ArrayList<>();
      RedexError refusal = null;
      while (refusal == null) {
        try {
          logs.add(redex.open(name(logs.size()), RedexConfig.onDisk()));
          logs.getLast().append(new byte[1]);
        } catch (RedexException e) {
          refusal = e.error();
        }
      }
      for (int i = 0; i < MORE_TRIES; i++) {
        refuse(redex, logs.size());
      }
      // Of one that is closed the next can be opened: tries that failed keep nothing open.
      logs.getFirst().close();
      redex.open(name(0), RedexConfig.onDisk());
      for (int i = 1; i < logs.size(); i++) {
        logs.get(i).append(new byte[200_000]);
      }
      System.out.println(refusal + " " + logs.size());
    }
  }

  /** Classes are files as well: later none could be loaded. */
  private static void loadClasses(Redex redex) {
    redex.open(name(0), RedexConfig.onDisk()).append(new byte[1]);
    redex.remove(name(0));
    try {
      redex.open("Not a name", RedexConfig.onDisk());
    } catch (RedexException e) {
      System.err.println(e.getMessage());
    }
  }

  private static void refuse(Redex redex, int number) {
    try {
      redex.open(name(number), RedexConfig.onDisk());
      throw new IllegalStateException("there was room for another log");
    } catch (RedexException e) {
      if (e.error() != RedexError.IO) {
        throw e;
      }
    }
  }

  static String name(int number) {
    return "many/" + number;
  }
}
