// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossTransportConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Configurations that differ from the default in one respect. */
final class Configs {
  private Configs() {}

  static MossTransportConfig of(Era era) {
    return MossTransportConfig.defaults(era, era == Era.C ? "moss/1" : "mesh");
  }

  static MossTransportConfig with(MossTransportConfig c, byte @Nullable [] psk) {
    return make(c, c.sessionMeshId(), psk, c.bindAddress(), c.handshakeTimeout());
  }

  static MossTransportConfig mesh(MossTransportConfig c, String mesh) {
    return make(c, mesh, c.sessionPsk(), c.bindAddress(), c.handshakeTimeout());
  }

  static MossTransportConfig bind(MossTransportConfig c, InetSocketAddress address) {
    return make(c, c.sessionMeshId(), c.sessionPsk(), address, c.handshakeTimeout());
  }

  static MossTransportConfig timeout(MossTransportConfig c, Duration timeout) {
    return make(c, c.sessionMeshId(), c.sessionPsk(), c.bindAddress(), timeout);
  }

  private static MossTransportConfig make(
      MossTransportConfig c,
      String mesh,
      byte @Nullable [] psk,
      InetSocketAddress bind,
      Duration timeout) {
    return new MossTransportConfig(
        c.era(),
        mesh,
        psk,
        bind,
        timeout,
        c.maxMessageBytes(),
        c.obfuscationPadBytesMax(),
        c.padSessionPackets(),
        c.maxPendingHandshakes(),
        c.maxPendingHandshakesPerAddress(),
        c.highWaterBytes(),
        c.maxQueuedBytes(),
        c.eventLoopThreads());
  }

  static MossTransportConfig limits(MossTransportConfig c, int pending, int perAddress) {
    return new MossTransportConfig(
        c.era(),
        c.sessionMeshId(),
        c.sessionPsk(),
        c.bindAddress(),
        c.handshakeTimeout(),
        c.maxMessageBytes(),
        c.obfuscationPadBytesMax(),
        c.padSessionPackets(),
        pending,
        perAddress,
        c.highWaterBytes(),
        c.maxQueuedBytes(),
        c.eventLoopThreads());
  }

  static MossTransportConfig queue(MossTransportConfig c, int highWater, int max) {
    return new MossTransportConfig(
        c.era(),
        c.sessionMeshId(),
        c.sessionPsk(),
        c.bindAddress(),
        c.handshakeTimeout(),
        c.maxMessageBytes(),
        c.obfuscationPadBytesMax(),
        c.padSessionPackets(),
        c.maxPendingHandshakes(),
        c.maxPendingHandshakesPerAddress(),
        highWater,
        max,
        c.eventLoopThreads());
  }
}
