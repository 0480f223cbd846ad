// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.core.net.NetConfig;
import io.lichen.core.net.NetNode;
import io.lichen.crypto.entity.EntityKeyPair;
import io.lichen.crypto.identity.FileKeyStore;
import io.lichen.gateway.api.GatewayBuilder;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a node of the Net wire until it is told to stop. */
@Command(
    name = "net",
    description = {
      "Runs a Net node: takes part in its mesh, passes packets on for others, prints events.",
      "Ctrl-C stops it. With --json, it is steered by a program: see docs/cli.md."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footer = {"", "Options may stand in environment variables: --identity as LICHEN_IDENTITY."})
final class NetCommand implements Callable<Integer> {
  private static final int KEY_BYTES = 32;

  @Option(
      names = "--bind",
      required = true,
      paramLabel = "HOST:PORT",
      converter = HostPort.Converter.class,
      description = "Where to listen, UDP. Port 0 takes any; an empty host is all IPv4 addresses.")
  @SuppressWarnings("NullAway.Init") // picocli sets it.
  private HostPort bind;

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // picocli sets it.
  private Psk psk;

  @ArgGroup(multiplicity = "0..1")
  private @Nullable Who identity;

  @Option(
      names = "--durable",
      paramLabel = "CH",
      description = {
        "A channel to keep: each event once in a log below --data. Subscribing to it at a peer",
        "that keeps it fetches what was missed. Repeatable."
      })
  private List<String> durable = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where logs of --durable are; made when missing, for one node at a time.")
  private @Nullable Path data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "JSON with upstream's keys; ours under \"lichen\". Unknown keys are refused.")
  private @Nullable Path config;

  @Mixin private final HttpOptions http = new HttpOptions();

  @Option(names = "--json", description = "One JSON object a line on stdin and stdout.")
  private boolean json;

  @Option(
      names = "--no-input",
      description = "Read no input: only a signal ends the node. For services and containers.")
  private boolean noInput;

  /** The pre-shared key of the mesh. */
  static final class Psk {
    @Option(
        names = "--psk",
        required = true,
        paramLabel = "HEX",
        description = "The pre-shared key, 64 hex characters; other users may see it.")
    private @Nullable String hex;

    @Option(
        names = "--psk-file",
        required = true,
        paramLabel = "F",
        description = "The pre-shared key: 32 raw bytes or 64 hex characters.")
    private @Nullable Path file;

    byte[] key() throws IOException {
      return file == null ? NetCommand.key("--psk", hex) : PskFile.read(file);
    }
  }

  /** Who the node is. */
  static final class Who {
    @Option(
        names = "--identity-seed",
        required = true,
        paramLabel = "HEX",
        description = "The identity's Ed25519 seed, 64 hex characters; other users may see it.")
    private @Nullable String seed;

    @Option(
        names = "--identity",
        required = true,
        paramLabel = "F",
        description = "Where the identity is kept; made when missing.")
    private @Nullable Path file;

    EntityKeyPair keys() {
      return file == null
          ? EntityKeyPair.ofSeed(NetCommand.key("--identity-seed", seed))
          : EntityKeyPair.loadOrCreate(new FileKeyStore(file), new SecureRandom());
    }
  }

  @Override
  public Integer call() throws IOException {
    if (!durable.isEmpty() && data == null) {
      throw new BadInputException("--durable needs --data DIR, where the logs are kept");
    }
    GatewayBuilder gateway = http.gateway();
    NetConfig settings =
        (config == null ? NetConfig.defaults() : NetConfig.parse(Files.readString(config)))
            .withBindAddress(address(bind))
            .withPsk(psk.key());
    EntityKeyPair keys = keys(settings);
    NetNode node = NetNode.builder().config(settings).identity(keys).build();
    NetRun run = new NetRun(node, new KeptNetChannels(node, data, durable), gateway);
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    InputStream in = noInput ? new NoInput() : System.in;
    return json ? run.serveJson(in, out) : run.servePerson(in, out);
  }

  /** Options go before the configuration; a node that is told nothing is a new one each time. */
  private EntityKeyPair keys(NetConfig settings) {
    if (identity != null) {
      return identity.keys();
    }
    byte[] seed = settings.identitySeed();
    return seed == null ? EntityKeyPair.generate(new SecureRandom()) : EntityKeyPair.ofSeed(seed);
  }

  private static InetSocketAddress address(HostPort bind) throws IOException {
    String host = bind.host().isEmpty() ? "0.0.0.0" : bind.host();
    return new InetSocketAddress(InetAddress.getAllByName(host)[0], bind.port());
  }

  private static byte[] key(String option, @Nullable String hex) {
    if (hex != null
        && hex.length() == 2 * KEY_BYTES
        && hex.chars().allMatch(HexFormat::isHexDigit)) {
      return HexFormat.of().parseHex(hex);
    }
    throw new BadInputException(
        option + " holds " + (hex == null ? 0 : hex.length()) + " characters, not 64 of hex");
  }
}
