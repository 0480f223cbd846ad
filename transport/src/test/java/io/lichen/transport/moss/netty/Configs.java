// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossTransportConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Configurations that differ from the default in one respect. */
final class Configs {
  private Configs() {}

  static MossTransportConfig of(Era era) {
    return MossTransportConfig.defaults(era, era == Era.C ? "moss/1" : "mesh");
  }

  static MossTransportConfig psk(MossTransportConfig config, byte @Nullable [] psk) {
    return changed(config, draft -> draft.psk = psk);
  }

  static MossTransportConfig mesh(MossTransportConfig config, String mesh) {
    return changed(config, draft -> draft.mesh = mesh);
  }

  static MossTransportConfig bind(MossTransportConfig config, InetSocketAddress address) {
    return changed(config, draft -> draft.bind = address);
  }

  static MossTransportConfig timeout(MossTransportConfig config, Duration timeout) {
    return changed(config, draft -> draft.timeout = timeout);
  }

  static MossTransportConfig limits(MossTransportConfig config, int pending, int perAddress) {
    return changed(
        config,
        draft -> {
          draft.pending = pending;
          draft.pendingPerAddress = perAddress;
        });
  }

  static MossTransportConfig queue(MossTransportConfig config, int highWater, int max) {
    return changed(
        config,
        draft -> {
          draft.highWater = highWater;
          draft.maxQueued = max;
        });
  }

  static MossTransportConfig pad(MossTransportConfig config, int padBytesMax) {
    return changed(config, draft -> draft.padBytesMax = padBytesMax);
  }

  static MossTransportConfig threads(MossTransportConfig config, int threads) {
    return changed(config, draft -> draft.threads = threads);
  }

  private static MossTransportConfig changed(MossTransportConfig config, Consumer<Draft> change) {
    Draft draft = new Draft(config);
    change.accept(draft);
    return draft.config();
  }

  /** The components that some test changes. */
  private static final class Draft {
    private final MossTransportConfig base;
    private String mesh;
    private byte @Nullable [] psk;
    private InetSocketAddress bind;
    private Duration timeout;
    private int padBytesMax;
    private int pending;
    private int pendingPerAddress;
    private int highWater;
    private int maxQueued;
    private int threads;

    Draft(MossTransportConfig base) {
      this.base = base;
      mesh = base.sessionMeshId();
      psk = base.sessionPsk();
      bind = base.bindAddress();
      timeout = base.handshakeTimeout();
      padBytesMax = base.obfuscationPadBytesMax();
      pending = base.maxPendingHandshakes();
      pendingPerAddress = base.maxPendingHandshakesPerAddress();
      highWater = base.highWaterBytes();
      maxQueued = base.maxQueuedBytes();
      threads = base.eventLoopThreads();
    }

    MossTransportConfig config() {
      return new MossTransportConfig(
          base.era(),
          mesh,
          psk,
          bind,
          base.bindInterface(),
          timeout,
          base.maxMessageBytes(),
          padBytesMax,
          base.padSessionPackets(),
          pending,
          pendingPerAddress,
          highWater,
          maxQueued,
          threads);
    }
  }
}
