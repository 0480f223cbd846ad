// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.core.net.nat.Rendezvous.Ack;
import io.lichen.core.net.nat.Rendezvous.Introduce;
import io.lichen.core.net.nat.Rendezvous.Reject;
import io.lichen.core.net.nat.Rendezvous.Request;
import io.lichen.core.net.wire.NetWireException;
import io.lichen.transport.net.AddressField;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;

/** The octets of rendezvous messages; their integers are big-endian, unlike others of the wire. */
final class RendezvousCodec {
  private static final int REQUEST = 1;
  private static final int INTRODUCE = 2;
  private static final int ACK = 3;
  private static final int REJECT = 4;

  private static final int REQUEST_BYTES = 1 + Long.BYTES + Integer.BYTES + AddressField.BYTES;
  private static final int INTRODUCE_BYTES = 1 + Long.BYTES + AddressField.BYTES + Long.BYTES;
  private static final int ACK_BYTES = 1 + 2 * Long.BYTES + Integer.BYTES;
  private static final int REJECT_BYTES = 1 + Long.BYTES + Integer.BYTES + 1;

  private RendezvousCodec() {}

  static Rendezvous decode(ByteBuf event) throws NetWireException {
    ByteBuf in = event.slice();
    int kind = in.isReadable() ? in.readUnsignedByte() : 0;
    requireLength(kind, event.readableBytes());
    return switch (kind) {
      case REQUEST -> new Request(in.readLong(), in.readInt(), address(in));
      case INTRODUCE -> new Introduce(in.readLong(), address(in), in.readLong());
      case ACK -> new Ack(in.readLong(), in.readLong(), in.readInt());
      default -> new Reject(in.readLong(), in.readInt(), RejectReason.of(in.readUnsignedByte()));
    };
  }

  private static void requireLength(int kind, int length) throws NetWireException {
    int expected =
        switch (kind) {
          case REQUEST -> REQUEST_BYTES;
          case INTRODUCE -> INTRODUCE_BYTES;
          case ACK -> ACK_BYTES;
          case REJECT -> REJECT_BYTES;
          default -> throw new NetWireException("there is no rendezvous message of kind " + kind);
        };
    if (length != expected) {
      throw new NetWireException(
          "a rendezvous message of kind " + kind + " has " + expected + " octets, not " + length);
    }
  }

  private static InetSocketAddress address(ByteBuf in) throws NetWireException {
    InetSocketAddress address = AddressField.read(in);
    if (address == null) {
      throw new NetWireException("an address is neither of family 4 nor 6");
    }
    return address;
  }

  static byte[] encode(Rendezvous message) {
    byte[] octets = new byte[length(message)];
    ByteBuf out = Unpooled.wrappedBuffer(octets).clear();
    switch (message) {
      case Request request -> {
        out.writeByte(REQUEST).writeLong(request.target()).writeInt(request.punchId());
        AddressField.write(out, request.self());
      }
      case Introduce introduce -> {
        AddressField.write(
            out.writeByte(INTRODUCE).writeLong(introduce.peer()), introduce.address());
        out.writeLong(introduce.fireAtMs());
      }
      case Ack ack ->
          out.writeByte(ACK).writeLong(ack.from()).writeLong(ack.to()).writeInt(ack.punchId());
      case Reject reject ->
          out.writeByte(REJECT)
              .writeLong(reject.target())
              .writeInt(reject.punchId())
              .writeByte(reject.reason().code());
    }
    return octets;
  }

  private static int length(Rendezvous message) {
    return switch (message) {
      case Request _ -> REQUEST_BYTES;
      case Introduce _ -> INTRODUCE_BYTES;
      case Ack _ -> ACK_BYTES;
      case Reject _ -> REJECT_BYTES;
    };
  }
}
