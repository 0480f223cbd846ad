// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code HOST:PORT}; an IPv6 address stands in brackets.
 *
 * @param host without brackets, may be empty
 * @param port 0 to 65535
 */
record HostPort(String host, int port) {
  private static final int MAX_PORT = 65_535;

  /** Reads it; {@code null} if it is none. */
  static @Nullable HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return null;
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (bracketed) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.indexOf(':') >= 0 != bracketed || host.chars().anyMatch(c -> c <= ' ')) {
      return null;
    }
    int port = port(text.substring(colon + 1));
    return port < 0 ? null : new HostPort(host, port);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  private static int port(String digits) {
    if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(HostPort::isDigit)) {
      return -1;
    }
    int port = Integer.parseInt(digits);
    return port <= MAX_PORT ? port : -1;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** For the command line. */
  static final class Converter implements ITypeConverter<HostPort> {
    @Override
    public HostPort convert(String text) {
      HostPort address = parse(text);
      if (address == null) {
        throw new TypeConversionException(
            "'" + text + "' is not HOST:PORT, for example 0.0.0.0:4001 or [::]:0");
      }
      return address;
    }
  }
}
