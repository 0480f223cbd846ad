// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.gateway.api.GatewayBuilder;
import io.lichen.transport.moss.Era;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a node until it is told to stop. */
@Command(
    name = "node",
    description = {
      "Runs a node: lines typed are published to the first channel, messages are printed.",
      "Ctrl-C stops it. With --json, it is steered by a program: see docs/cli.md."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footer = {"", "Options may stand in environment variables: --key-store as LICHEN_KEY_STORE."})
final class NodeCommand implements Callable<Integer> {
  @Option(
      names = "--mesh",
      required = true,
      paramLabel = "ID",
      description = "The mesh (era A) or room (era C) to be in.")
  @SuppressWarnings("NullAway.Init") // picocli sets it.
  private String meshId;

  @Option(
      names = "--era",
      paramLabel = "C|A",
      description = "The wire's generation: C, v0.6.0 to v0.8.19 (default), or A, up to v0.3.1.")
  private @Nullable Era era;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      converter = HostPort.Converter.class,
      description = "Where to listen, TCP and UDP. Default: all IPv4 addresses, any port.")
  private @Nullable HostPort listen;

  @Option(
      names = "--peer",
      paramLabel = "[udp://]HOST:PORT",
      description = "A peer to connect to, and again whenever it is lost. Repeatable.")
  private List<String> peers = new ArrayList<>();

  @Option(
      names = "--subscribe",
      paramLabel = "CH",
      description = "A channel to take part in. Repeatable.")
  private List<String> channels = new ArrayList<>();

  @Option(
      names = "--durable",
      paramLabel = "CH",
      description = {
        "A channel to take part in and to keep: each message once in a log below --data.",
        "What was missed is fetched from peers that keep it, too. Repeatable."
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

  @Option(
      names = "--psk-file",
      paramLabel = "F",
      description = "The pre-shared key: 32 raw bytes or 64 hex characters.")
  private @Nullable Path pskFile;

  @Option(
      names = "--key-store",
      paramLabel = "F",
      description = "Where the identity is kept; made when missing. Default: a new one each time.")
  private @Nullable Path keyStore;

  @Mixin private final HttpOptions http = new HttpOptions();

  @Option(names = "--json", description = "One JSON object a line on stdin and stdout.")
  private boolean json;

  @Option(
      names = "--no-input",
      description = "Read no input: only a signal ends the node. For services and containers.")
  private boolean noInput;

  @Override
  public Integer call() throws IOException {
    peers.forEach(NodeCommand::checkPeer);
    if (!durable.isEmpty() && data == null) {
      throw new BadInputException("--durable needs --data DIR, where the logs are kept");
    }
    GatewayBuilder gateway = http.gateway();
    NodeSettings settings =
        new NodeSettings(
            meshId,
            era,
            listen,
            peers,
            config == null ? "" : Files.readString(config),
            pskFile == null ? null : PskFile.read(pskFile),
            keyStore);
    NodeRun run =
        new NodeRun(
            NodeFactory.create(settings), channels, new KeptChannels(data, durable), gateway);
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    InputStream in = noInput ? new NoInput() : System.in;
    return json ? run.serveJson(in, out) : run.servePerson(in, out);
  }

  private static void checkPeer(String peer) {
    String address = peer.startsWith("udp://") ? peer.substring("udp://".length()) : peer;
    HostPort parsed = HostPort.parse(address);
    if (parsed == null || parsed.host().isEmpty() || parsed.port() == 0) {
      throw new BadInputException(
          "--peer '" + peer + "' is not [udp://]HOST:PORT, for example 192.0.2.7:4001");
    }
  }
}
