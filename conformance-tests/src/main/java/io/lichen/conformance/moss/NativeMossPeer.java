// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import io.lichen.conformance.moss.ffi.LibMoss;
import io.lichen.conformance.moss.ffi.MossCallbacks;
import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.MossException;
import io.lichen.node.lines.LineOp;
import io.lichen.node.lines.LineReader;
import io.lichen.node.lines.LineSession;
import io.lichen.node.lines.LineWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A native node in a process of its own, steered and heard through the same JSON lines as {@code
 * lichen node --json}. Exit codes are the same too: 0, 1 for a refusal, 2 for a bad command line.
 */
public final class NativeMossPeer {
  private static final int MAX_LINE_BYTES = 4 * 1024 * 1024;

  private NativeMossPeer() {}

  /** Runs until {@code stop} or the end of the input. */
  public static void main(String[] args) throws IOException {
    NativeOptions options;
    try {
      options = NativeOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      Runtime.getRuntime().halt(2);
      return;
    }
    int exitCode = 0;
    try {
      run(options);
    } catch (MossException e) {
      System.err.println(e.getMessage());
      exitCode = 1;
    }
    // The library's threads know no end: an orderly exit would wait for signal handlers of two.
    Runtime.getRuntime().halt(exitCode);
  }

  private static void run(NativeOptions options) throws IOException {
    LibMoss library = new LibMoss(options.library());
    if (options.keyStore() != null) {
      library.keyStore(new FileKeys(options.keyStore()));
    }
    long handle = library.init(options.meshId(), options.psk(), options.configJson());
    NativeTarget.check("init", handle);
    LineWriter out =
        new LineWriter(
            new FileOutputStream(FileDescriptor.out), () -> Runtime.getRuntime().halt(1));
    library.onMessage(
        handle,
        (channel, sender, data) ->
            // The native's callback does not say which room it was.
            out.message("", channel, HexFormat.of().formatHex(sender), data));
    library.onRelay(
        handle, (sender, data) -> out.relayed(HexFormat.of().formatHex(sender), data, false));
    library.onEvent(handle, (type, detail) -> out.event(type, eventName(type), detail));
    NativeTarget target = new NativeTarget(library, handle);
    options.channels().forEach(channel -> target.subscribe("", channel));
    NativeTarget.check("start", library.start(handle));
    out.ready(target.infoJson());
    LineReader in = new LineReader(System.in, MAX_LINE_BYTES);
    LineOp.Stop stop = new LineSession(target, in, out).run();
    int code = library.stop(handle);
    if (stop != null) {
      out.reply(stop.name(), code, null, stop.id());
    }
    out.close();
  }

  private static String eventName(int type) {
    return Arrays.stream(MossEvent.Type.values())
        .filter(known -> known.id() == type)
        .map(MossEvent.Type::name)
        .findFirst()
        .orElse("UNKNOWN");
  }

  /** The identity blob in a file. */
  private record FileKeys(Path file) implements MossCallbacks.Keys {
    @Override
    public byte[] load() {
      try {
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void save(byte[] blob) {
      try {
        Files.write(file, blob);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
