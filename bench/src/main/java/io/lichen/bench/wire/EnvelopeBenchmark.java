// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lichen.bench.CostBenchmark;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeException;
import io.lichen.core.moss.wire.GossipEnvelopes;
import io.lichen.core.moss.wire.PublishCodec;
import io.lichen.gossipsub.GossipMessage;
import io.lichen.gossipsub.PublishedMessage;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * What writing and reading one envelope costs, by size of its payload; Jackson's tree beside it.
 */
public class EnvelopeBenchmark extends CostBenchmark {
  private static final String TOPIC = "mmYHy--v2qkjqZkJPJakhg";
  private static final String ID = "0123456789abcdef".repeat(4);
  private static final byte[] SENDER = new byte[32];

  private final ObjectMapper jackson = new ObjectMapper();
  private final GossipMessage control = new GossipMessage.IHave(TOPIC, List.of(ID, ID));
  private final byte[] encodedControl = GossipEnvelopes.encode(control);

  /** Octets of the payload, sealed. */
  @Param({"92", "1052", "16412", "60028"})
  public int size;

  private byte[] payload = new byte[0];
  private byte[] encoded = new byte[0];

  /** Fills and writes a publish. */
  @Setup
  public void fill() {
    payload = octets(size);
    encoded = PublishCodec.encode(TOPIC, ID, 42, SENDER, payload);
  }

  /** Writes a publish. */
  @Benchmark
  public byte[] encode() {
    return PublishCodec.encode(TOPIC, ID, 42, SENDER, payload);
  }

  /** Reads a publish. */
  @Benchmark
  public Envelope decode() throws EnvelopeException {
    return EnvelopeCodec.decode(encoded, 0, encoded.length);
  }

  /** Reads a publish and keeps its octets for forwarding. */
  @Benchmark
  public PublishedMessage receive() throws EnvelopeException {
    return PublishCodec.received(
        EnvelopeCodec.decode(encoded, 0, encoded.length), encoded, 0, encoded.length);
  }

  /** Reads a publish into Jackson's tree, without the native's rules, and decodes its payload. */
  @Benchmark
  public byte[] decodeWithJackson() throws IOException {
    JsonNode tree = jackson.readTree(encoded);
    return tree.path("payload").binaryValue();
  }

  /** Writes an IHAVE of two ids. */
  @Benchmark
  public byte[] encodeControl() {
    return GossipEnvelopes.encode(control);
  }

  /** Reads an IHAVE of two ids. */
  @Benchmark
  public Envelope decodeControl() throws EnvelopeException {
    return EnvelopeCodec.decode(encodedControl, 0, encodedControl.length);
  }
}
