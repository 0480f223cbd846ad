// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import io.lichen.conformance.moss.ffi.LibMoss;
import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.node.lines.LineTarget;
import java.util.Arrays;

/** Steers one native node; its return codes become refusals. */
record NativeTarget(LibMoss library, long handle) implements LineTarget {
  @Override
  public void publish(String channel, byte[] data) {
    check("publish", library.publish(handle, channel, data));
  }

  @Override
  public void subscribe(String channel) {
    check("subscribe", library.subscribe(handle, channel));
  }

  @Override
  public void unsubscribe(String channel) {
    check("unsubscribe", library.unsubscribe(handle, channel));
  }

  @Override
  public void connect(String address) {
    if (address.startsWith("udp://")) {
      throw new MossException(MossError.CONFIG_INVALID, "the native API dials TCP only");
    }
    check("connect", library.connect(handle, address));
  }

  @Override
  public String infoJson() {
    return library.meshInfo(handle);
  }

  static void check(String what, long code) {
    if (code < 0) {
      MossError error =
          Arrays.stream(MossError.values())
              .filter(known -> known.code() == code)
              .findFirst()
              .orElse(MossError.INTERNAL);
      throw new MossException(error, "libmoss answered " + code + " to " + what);
    }
  }
}
