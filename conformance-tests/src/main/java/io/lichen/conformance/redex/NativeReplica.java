// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.redex;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.child.Children;
import io.lichen.conformance.child.LineChild;
import io.lichen.conformance.net.NativePackage;
import io.lichen.conformance.net.NativeVersion;
import io.lichen.redex.replica.ReplicationConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A native node with a replicated log, in a child process. */
public final class NativeReplica implements AutoCloseable {
  private final Children children;
  private final LineChild child;
  private boolean isClosed;

  /** Starts the child; its log goes to a folder. */
  public NativeReplica(NativeVersion version, byte[] psk, Path folder) {
    this.children = new Children(folder);
    List<String> command =
        List.of(
            NativePackage.python(version).orElseThrow().toString(),
            NativePackage.script("redex/native_replica.py").toString(),
            "--psk",
            HexFormat.of().formatHex(psk));
    this.child = children.start("native-replica", command, Map.of(), line -> {}, () -> {});
  }

  /** Its node id. */
  public long nodeId() {
    return Long.parseUnsignedLong(child.readyLine().path("nodeId").asText());
  }

  /** Its X25519 key. */
  public byte[] publicKey() {
    return HexFormat.of().parseHex(child.readyLine().path("publicKey").asText());
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    String address = child.readyLine().path("address").asText();
    int colon = address.lastIndexOf(':');
    return new InetSocketAddress(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }

  /** Begins to serve and tells its peers, which hear nothing else of it for 10 s; once. */
  public void announce() {
    child.mustSucceed(LineChild.op("announce"));
  }

  /** Opens its log in memory; once. */
  public void replicate(String name, ReplicationConfig config) {
    ObjectNode op = LineChild.op("replicate").put("name", name);
    ArrayNode nodes = op.putArray("nodes");
    config.pinnedNodes().forEach(node -> nodes.add(Long.toUnsignedString(node)));
    if (config.leaderPinned() != null) {
      op.put("leader", Long.toUnsignedString(config.leaderPinned()));
    }
    child.mustSucceed(op.put("heartbeatMs", config.heartbeatMs()));
  }

  /** Appends a record to what it has of the log; its number. */
  public long append(byte[] payload) {
    return child.mustSucceed(LineChild.op("append").put("data", payload)).path("seq").asLong();
  }

  /** All records that it has, as text. */
  public List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (JsonNode record : child.mustSucceed(LineChild.op("read")).path("records")) {
      texts.add(new String(Base64.getDecoder().decode(record.asText()), UTF_8));
    }
    return texts;
  }

  /** How many records it has. */
  public long length() {
    return look().path("length").asLong();
  }

  /** How many replicated logs it counts. */
  public int replicas() {
    return look().path("replicas").asInt();
  }

  /** Its metrics of replicated logs. */
  public String prometheusText() {
    return look().path("metrics").asText();
  }

  private JsonNode look() {
    return child.mustSucceed(LineChild.op("look"));
  }

  /** Stops it; idempotent. */
  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      child.stop();
      children.close();
    }
  }
}
