// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.core.bus.AdapterConfig;
import io.lichen.core.bus.EventBusConfig;
import io.lichen.core.bus.Retention;
import io.lichen.gateway.api.Gateway;
import io.lichen.gateway.api.GatewayBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the command line says about a gateway. */
final class HttpOptions {
  private static final int MAX_TOKEN_BYTES = 1024;

  /** As much as a heap of 64 MB bears beside a node. */
  private static final EventBusConfig SMALL_BUS =
      EventBusConfig.defaults()
          .withShards(1)
          .withRingCapacity(1024)
          .withAdapter(new AdapterConfig.Memory(new Retention(50_000L, 8L << 20, null)));

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      converter = HostPort.Converter.class,
      description =
          "Gives access to the node over HTTP and WebSocket, with a dashboard, for example at"
              + " 127.0.0.1:8080. Where others can reach it, it needs a token.")
  private @Nullable HostPort bind;

  @Option(
      names = "--http-token-file",
      paramLabel = "F",
      description = "What clients of --http have to show, in the first line of a file.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--http-logs",
      paramLabel = "DIR",
      description =
          "Where clients of --http may keep logs; made when missing, for one process at a time.")
  private @Nullable Path logs;

  /** The gateway that is wanted, without a node yet; null for none. */
  @Nullable GatewayBuilder gateway() throws IOException {
    if (bind == null) {
      if (tokenFile != null || logs != null) {
        String option = tokenFile != null ? "--http-token-file" : "--http-logs";
        throw new BadInputException(option + " needs --http HOST:PORT");
      }
      return null;
    }
    if (bind.host().isEmpty()) {
      throw new BadInputException(
          "--http names no address; for this machine only: 127.0.0.1:" + bind.port());
    }
    InetAddress address = InetAddress.getAllByName(bind.host())[0];
    if (tokenFile == null && !address.isLoopbackAddress()) {
      throw new BadInputException(
          "--http "
              + bind.host()
              + " can be reached by others: give --http-token-file F, or take 127.0.0.1");
    }
    GatewayBuilder gateway =
        Gateway.builder()
            .bind(new InetSocketAddress(address, bind.port()))
            .events(SMALL_BUS)
            .logLevels(new LogbackLevels());
    if (logs != null) {
      gateway.redex(logs);
    }
    return tokenFile == null ? gateway : gateway.token(token(tokenFile));
  }

  private static String token(Path file) throws IOException {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(MAX_TOKEN_BYTES + 1);
    }
    String token = new String(content, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    if (token.isBlank() || content.length > MAX_TOKEN_BYTES) {
      throw new BadInputException(
          "the token file " + file + " holds no token: one line, up to 1024 bytes");
    }
    return token.strip();
  }

  /** Where a browser finds a gateway. */
  static String url(Gateway gateway) {
    InetSocketAddress address = gateway.address();
    String host = address.getAddress().getHostAddress();
    return "http://"
        + (host.indexOf(':') < 0 ? host : "[" + host + "]")
        + ":"
        + address.getPort()
        + "/";
  }
}
