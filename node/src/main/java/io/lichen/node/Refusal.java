// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.crypto.CryptoException;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/**
 * Why a command ended before it was done, for the person who typed it.
 *
 * @param exitCode 1 for a refusal at run time, 2 for bad input
 * @param message one line
 */
record Refusal(int exitCode, String message) {
  /** What an exception means; {@code null} if it is a fault of the program. */
  static @Nullable Refusal of(Exception e) {
    return switch (e) {
      case MossException moss -> new Refusal(exitCode(moss), String.valueOf(moss.getMessage()));
      case NetException net -> new Refusal(exitCode(net), String.valueOf(net.getMessage()));
      case CryptoException crypto ->
          new Refusal(ExitCode.USAGE, String.valueOf(crypto.getMessage()));
      case RedexException redex -> new Refusal(exitCode(redex), String.valueOf(redex.getMessage()));
      case BadInputException bad -> new Refusal(ExitCode.USAGE, String.valueOf(bad.getMessage()));
      case UnknownHostException host ->
          new Refusal(ExitCode.USAGE, "no such host: " + host.getMessage());
      case NoSuchFileException file ->
          new Refusal(ExitCode.USAGE, "no such file: " + file.getFile());
      case AccessDeniedException file ->
          new Refusal(ExitCode.USAGE, "no permission: " + file.getFile());
      case IOException io -> new Refusal(ExitCode.SOFTWARE, io.toString());
      case UncheckedIOException io ->
          new Refusal(ExitCode.SOFTWARE, String.valueOf(io.getMessage()));
      default -> null;
    };
  }

  private static int exitCode(RedexException e) {
    return e.error() == RedexError.NAME || e.error() == RedexError.CONFIG
        ? ExitCode.USAGE
        : ExitCode.SOFTWARE;
  }

  private static int exitCode(NetException e) {
    return e.error() == NetError.INVALID_JSON || e.error() == NetError.IDENTITY
        ? ExitCode.USAGE
        : ExitCode.SOFTWARE;
  }

  private static int exitCode(MossException e) {
    return e.error() == MossError.CONFIG_INVALID || e.error() == MossError.INVALID_CHANNEL
        ? ExitCode.USAGE
        : ExitCode.SOFTWARE;
  }
}
