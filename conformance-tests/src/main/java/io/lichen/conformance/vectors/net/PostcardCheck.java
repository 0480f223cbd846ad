// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.net.Longs.u64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.MixedCheck;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.net.wire.PostcardWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The single values of postcard; what is written stands in the vector's own words. */
final class PostcardCheck {
  private PostcardCheck() {}

  static VectorCheck primitives() {
    return new MixedCheck(PostcardCheck::write, "bytes");
  }

  private static ObjectNode write(JsonNode vector) {
    ByteBuf out = Unpooled.buffer();
    PostcardWriter writer = new PostcardWriter(out);
    String type = text(vector, "type");
    switch (type) {
      case "u64 varint" -> writer.unsigned(u64(vector, "value"));
      case "Option<u32> None" -> writer.option(null, (to, value) -> {});
      case "String eu" -> writer.string("eu");
      case "i64 -1 zigzag" -> writer.signed(-1);
      case "SocketAddr 10.0.0.1:9000" ->
          writer.socketAddress(new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 9000));
      case "f64 1.5" -> writer.f64(1.5);
      case "Duration 1.5s" -> writer.duration(Duration.ofMillis(1500));
      default -> throw new IllegalArgumentException("nobody knows " + type);
    }
    return object().put("bytes", ByteBufUtil.hexDump(out));
  }
}
