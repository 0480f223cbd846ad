// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The compression function of BLAKE2s on vectors: each row of the state is one vector of four
 * words, so that the four steps of a half round are one; and all sixteen words of a round are
 * picked from the block by one permutation of a 512-bit vector.
 *
 * <p>To be touched only through {@link WideBlake2s}: without the module {@code
 * jdk.incubator.vector} this class does not link. Not thread-safe; makes no objects once it is
 * compiled.
 */
final class Blake2sVectors {
  private static final VectorSpecies<Integer> ROW = IntVector.SPECIES_128;
  private static final VectorSpecies<Integer> WORDS = IntVector.SPECIES_512;
  private static final VectorSpecies<Byte> BLOCK = ByteVector.SPECIES_512;
  private static final int ROW_WORDS = 4;
  private static final int ROUND_WORDS = 16;
  private static final int ROUNDS = 10;

  private static final VectorShuffle<Integer> LEFT_1 = VectorShuffle.fromValues(ROW, 1, 2, 3, 0);
  private static final VectorShuffle<Integer> LEFT_2 = VectorShuffle.fromValues(ROW, 2, 3, 0, 1);
  private static final VectorShuffle<Integer> LEFT_3 = VectorShuffle.fromValues(ROW, 3, 0, 1, 2);

  /** The schedule of RFC 7693, section 2.7: the message words of the rounds in order of use. */
  private static final String[] SIGMA = {
    "0123456789abcdef",
    "ea489fd61c02b753",
    "b8c052fdae367194",
    "7931dcbe265a40f8",
    "905724afe1bc683d",
    "2c6a0b834d75fe19",
    "c51fed4a0763928b",
    "db7ec13950f4862a",
    "6fe9b308c2d714a5",
    "a2847615fb9e3cd0",
  };

  private static final List<VectorShuffle<Integer>> SCHEDULE =
      Arrays.stream(SIGMA).map(Blake2sVectors::schedule).toList();

  /** The words of the block in the order in which the rounds take them, a row at a time. */
  private final int[] scheduled = new int[ROUNDS * ROUND_WORDS];

  /** Whether this machine permutes sixteen words at once; where it does not, scalars are faster. */
  static boolean isSupported() {
    return IntVector.SPECIES_PREFERRED.length() >= ROUND_WORDS;
  }

  /**
   * Compresses whole blocks, with more to come after them.
   *
   * @param total octets hashed before
   */
  void compress(int[] state, byte[] in, int offset, int blocks, long total) {
    IntVector low = IntVector.fromArray(ROW, state, 0);
    IntVector high = IntVector.fromArray(ROW, state, ROW_WORDS);
    IntVector iv = IntVector.fromArray(ROW, Blake2sCompression.IV, 0);
    IntVector ivHigh = IntVector.fromArray(ROW, Blake2sCompression.IV, ROW_WORDS);
    int[] m = scheduled;
    for (int block = 1; block <= blocks; block++) {
      schedule(in, offset + (block - 1) * Blake2s.BLOCK_BYTES, m);
      IntVector a = low;
      IntVector b = high;
      IntVector c = iv;
      IntVector d =
          ivHigh.lanewise(VectorOperators.XOR, counter(total + (long) block * Blake2s.BLOCK_BYTES));
      for (int r = 0; r < ROUNDS * ROUND_WORDS; r += ROUND_WORDS) {
        // Columns
        a = a.add(IntVector.fromArray(ROW, m, r)).add(b);
        d = xorRotated(d, a, 16);
        c = c.add(d);
        b = xorRotated(b, c, 20);
        a = a.add(IntVector.fromArray(ROW, m, r + ROW_WORDS)).add(b);
        d = xorRotated(d, a, 24);
        c = c.add(d);
        b = xorRotated(b, c, 25);
        // Diagonals, over each word of b: everything waits for b, so that b is the row that stays.
        a = a.rearrange(LEFT_3);
        c = c.rearrange(LEFT_1);
        d = d.rearrange(LEFT_2);
        a = a.add(IntVector.fromArray(ROW, m, r + 2 * ROW_WORDS)).add(b);
        d = xorRotated(d, a, 16);
        c = c.add(d);
        b = xorRotated(b, c, 20);
        a = a.add(IntVector.fromArray(ROW, m, r + 3 * ROW_WORDS)).add(b);
        d = xorRotated(d, a, 24);
        c = c.add(d);
        b = xorRotated(b, c, 25);
        a = a.rearrange(LEFT_1);
        c = c.rearrange(LEFT_3);
        d = d.rearrange(LEFT_2);
      }
      low = low.lanewise(VectorOperators.XOR, a).lanewise(VectorOperators.XOR, c);
      high = high.lanewise(VectorOperators.XOR, b).lanewise(VectorOperators.XOR, d);
    }
    low.intoArray(state, 0);
    high.intoArray(state, ROW_WORDS);
  }

  private static void schedule(byte[] in, int offset, int[] scheduled) {
    IntVector words = ByteVector.fromArray(BLOCK, in, offset).reinterpretAsInts();
    for (int round = 0; round < ROUNDS; round++) {
      words.rearrange(SCHEDULE.get(round)).intoArray(scheduled, round * ROUND_WORDS);
    }
  }

  private static IntVector counter(long total) {
    return IntVector.zero(ROW).withLane(0, (int) total).withLane(1, (int) (total >>> 32));
  }

  private static IntVector xorRotated(IntVector x, IntVector y, int left) {
    return x.lanewise(VectorOperators.XOR, y).lanewise(VectorOperators.ROL, left);
  }

  /**
   * Of each half round first the words that its steps take first, then those they take second. The
   * diagonal that begins in column i goes through word i + 1 of b.
   */
  private static VectorShuffle<Integer> schedule(String sigma) {
    int[] words = new int[ROUND_WORDS];
    for (int i = 0; i < ROW_WORDS; i++) {
      int diagonal = (i + 1) % ROW_WORDS;
      words[i] = word(sigma, 2 * i);
      words[ROW_WORDS + i] = word(sigma, 2 * i + 1);
      words[2 * ROW_WORDS + diagonal] = word(sigma, 2 * (ROW_WORDS + i));
      words[3 * ROW_WORDS + diagonal] = word(sigma, 2 * (ROW_WORDS + i) + 1);
    }
    return VectorShuffle.fromArray(WORDS, words, 0);
  }

  private static int word(String sigma, int index) {
    return Character.digit(sigma.charAt(index), 16);
  }
}
