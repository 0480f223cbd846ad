// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.logs;

import io.lichen.gateway.http.HttpException;
import io.lichen.gateway.http.Request;
import io.lichen.redex.RedexFile;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Sequence numbers in requests: unsigned, of 64 bits, in decimal digits. */
final class Seqs {
  private Seqs() {}

  /**
   * A query parameter.
   *
   * @throws HttpException 400 if it is there and no such number
   */
  static OptionalLong of(Request request, String name) {
    return read(name, request.query(name));
  }

  /**
   * Where a tail begins: behind the event that the client saw last, else where it says, else with
   * the oldest record that there is.
   *
   * @throws HttpException 400 as {@link #of}
   */
  static long toFollow(Request request, RedexFile file) {
    OptionalLong last = read("Last-Event-ID", request.header("Last-Event-ID"));
    if (last.isPresent()) {
      return last.getAsLong() + 1;
    }
    OptionalLong from = of(request, "from");
    return from.isPresent() ? from.getAsLong() : file.firstSeq().orElse(file.nextSeq());
  }

  private static OptionalLong read(String name, @Nullable String text) {
    if (text == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseUnsignedLong(text));
    } catch (NumberFormatException e) {
      throw new HttpException(
          400, "invalid_number", name + " is '" + text + "', no whole number of 64 bits");
    }
  }
}
