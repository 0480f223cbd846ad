// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.net;

import io.lichen.bench.compare.LichenJvm;
import io.lichen.bench.compare.PeerProcess;
import io.lichen.conformance.net.NativePackage;
import io.lichen.conformance.net.NativeVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The kinds of node under measurement. */
enum NetKind {
  /** Nodes as programs embed them. */
  LICHEN {
    @Override
    PeerProcess start() throws IOException {
      return lichen("node");
    }
  },
  /** The same, with subscribers on the network thread. */
  INLINE {
    @Override
    PeerProcess start() throws IOException {
      return lichen("inline");
    }
  },
  /** Their transport alone. */
  TRANSPORT {
    @Override
    PeerProcess start() throws IOException {
      return lichen("transport");
    }
  },
  /** The published package, steered by a script. */
  NATIVE {
    @Override
    PeerProcess start() throws IOException {
      Path python =
          NativePackage.python(NativeVersion.V0_34)
              .orElseThrow(
                  () -> new IllegalStateException(NativePackage.howToGet(NativeVersion.V0_34)));
      List<String> command =
          List.of(
              python.toString(),
              NativePackage.script().toString(),
              "--bind",
              "127.0.0.1:0",
              "--psk",
              PSK);
      return new PeerProcess("native", command, Map.of());
    }
  };

  private static final int PSK_BYTES = 32;
  private static final String PSK = HexFormat.of().formatHex(new byte[PSK_BYTES]);

  private static PeerProcess lichen(String driver) throws IOException {
    return new PeerProcess(
        "lichen",
        LichenJvm.command(LichenJvm.OPTIONS, NetPeerMain.class, driver, PSK),
        LichenJvm.ENVIRONMENT);
  }

  /** A process with a node, whose first line is still to be read. */
  abstract PeerProcess start() throws IOException;
}
