// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

/**
 * A place in a tree of up to four levels; 0 is the root, called global (docs/wire/net-channels.md,
 * "Subnets").
 *
 * @param raw unsigned; level 0 in the highest octet
 */
public record SubnetId(int raw) {
  /** The root, which every other subnet lies in. */
  public static final SubnetId GLOBAL = new SubnetId(0);

  /** Most levels. */
  public static final int MAX_LEVELS = 4;

  private static final String GLOBAL_TEXT = "global";

  /**
   * The subnet with these levels, the widest first; 0 fills a level that is left open.
   *
   * @throws IllegalArgumentException for more than four levels, or one outside 0..255
   */
  public static SubnetId of(int... levels) {
    if (levels.length > MAX_LEVELS) {
      throw new IllegalArgumentException(
          "a subnet has at most " + MAX_LEVELS + " levels, not " + levels.length);
    }
    int raw = 0;
    for (int index = 0; index < levels.length; index++) {
      if (levels[index] < 0 || levels[index] > 255) {
        throw new IllegalArgumentException("a level lies in 0..255, not " + levels[index]);
      }
      raw |= levels[index] << shift(index);
    }
    return new SubnetId(raw);
  }

  /**
   * Reads {@code 3.7} or {@code global}.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static SubnetId parse(String text) {
    if (text.equals(GLOBAL_TEXT)) {
      return GLOBAL;
    }
    String[] parts = text.split("\\.", -1);
    int[] levels = new int[parts.length];
    try {
      for (int index = 0; index < parts.length; index++) {
        levels[index] = Integer.parseInt(parts[index]);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a subnet is global, or levels as in 3.7", e);
    }
    return of(levels);
  }

  /** The number of a level, 0 to 3 from the widest. */
  public int level(int index) {
    return raw >>> shift(index) & 0xFF;
  }

  /** How many levels count: up to the last that is not 0. */
  public int depth() {
    int depth = MAX_LEVELS;
    while (depth > 0 && level(depth - 1) == 0) {
      depth--;
    }
    return depth;
  }

  /** Whether the other one is this one, or lies in it. */
  public boolean contains(SubnetId other) {
    int depth = depth();
    return depth == 0 || (raw ^ other.raw) >>> shift(depth - 1) == 0;
  }

  private static int shift(int level) {
    return (MAX_LEVELS - 1 - level) * Byte.SIZE;
  }

  /** {@code 3.7}, or {@code global}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < depth(); index++) {
      text.append(index == 0 ? "" : ".").append(level(index));
    }
    return text.isEmpty() ? GLOBAL_TEXT : text.toString();
  }
}
