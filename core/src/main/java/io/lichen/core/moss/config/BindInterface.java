// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.config;

import java.net.NetworkInterface;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** The interface that {@code bind_interface} names must be one that can carry traffic. */
final class BindInterface {
  private static final String KEY = "bind_interface";

  private BindInterface() {}

  /** Refuses an interface that is unknown, down or the loopback, as upstream does. */
  static void check(ConfigSection root) {
    String name = root.text(KEY);
    if (name.isEmpty()) {
      return;
    }
    NetworkInterface found = find(name);
    if (found == null || !isUsable(found)) {
      throw root.invalid(
          KEY, "expected the name or number of an interface that is up, found \"" + name + '"');
    }
  }

  private static @Nullable NetworkInterface find(String name) {
    try {
      NetworkInterface byName = NetworkInterface.getByName(name);
      return byName != null || !name.matches("[0-9]{1,9}")
          ? byName
          : NetworkInterface.getByIndex(Integer.parseInt(name));
    } catch (SocketException e) {
      return null;
    }
  }

  private static boolean isUsable(NetworkInterface candidate) {
    try {
      return candidate.isUp() && !candidate.isLoopback();
    } catch (SocketException e) {
      return false;
    }
  }
}
