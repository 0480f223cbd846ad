// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Random and mutated inputs for a decoder; the seed is part of every failure. */
public final class Fuzz {
  private static final int SAMPLE = 100_000;
  private static final int FULL = 1_000_000;

  private Fuzz() {}

  /** What is done with one input; throws what a decoder must not throw. */
  public interface Trial {
    void accept(byte[] input) throws Exception;
  }

  /** Feeds as many inputs as the suite asks for, made from the given texts. */
  public static void run(List<byte[]> texts, Trial trial) {
    long seed = Long.getLong("lichen.seed", System.nanoTime());
    int count = System.getProperty("lichen.suite", "sample").equals("full") ? FULL : SAMPLE;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      byte[] input = next(texts, random);
      try {
        trial.accept(input);
      } catch (Exception | AssertionError | StackOverflowError e) {
        throw new AssertionError(
            "input "
                + i
                + " of seed "
                + seed
                + " (-Dlichen.seed): "
                + HexFormat.of().formatHex(input),
            e);
      }
    }
  }

  /**
   * Feeds text to a decoder, which takes it or refuses it with a reason, in this one way.
   *
   * @param refusal the class of its exceptions, exactly
   */
  public static void runText(
      Class<? extends RuntimeException> refusal, Consumer<String> decoder, String... texts) {
    run(
        Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList(),
        input -> {
          try {
            decoder.accept(new String(input, StandardCharsets.UTF_8));
          } catch (RuntimeException e) {
            if (e.getClass() != refusal || String.valueOf(e.getMessage()).isEmpty()) {
              throw e;
            }
          }
        });
  }

  private static byte[] next(List<byte[]> texts, SplittableRandom random) {
    if (random.nextInt(10) == 0) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] input = texts.get(random.nextInt(texts.size())).clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      input = mutated(input, random);
    }
    return input;
  }

  private static byte[] mutated(byte[] input, SplittableRandom random) {
    int at = random.nextInt(input.length + 1);
    int length = random.nextInt(Math.min(8, input.length - at + 1));
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(input, at);
      case 1 -> spliced(input, at, length, new byte[0]);
      case 2 -> spliced(input, at, 0, Arrays.copyOfRange(input, at, at + length));
      case 3 -> spliced(input, at, length, new byte[] {(byte) random.nextInt(256)});
      default -> {
        byte[] token = TOKENS[random.nextInt(TOKENS.length)].getBytes(StandardCharsets.UTF_8);
        yield spliced(input, at, length, token);
      }
    };
  }

  private static final String[] TOKENS = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u",
    "\\ud800",
    "\\u0000",
    "null",
    "true",
    "1e9",
    "-0",
    "18446744073709551616",
    "=",
    "\n",
    "\u00e9",
    "\u2028",
    "\"type\":",
    "\"payload\":[1,2]"
  };

  private static byte[] spliced(byte[] input, int at, int removed, byte[] added) {
    byte[] result = new byte[input.length - removed + added.length];
    System.arraycopy(input, 0, result, 0, at);
    System.arraycopy(added, 0, result, at, added.length);
    System.arraycopy(input, at + removed, result, at + added.length, input.length - at - removed);
    return result;
  }
}
