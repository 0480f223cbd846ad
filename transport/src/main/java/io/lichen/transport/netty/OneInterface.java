// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.netty;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Keeps sockets to one interface by Linux's {@code SO_BINDTODEVICE}. */
final class OneInterface {
  private static final int SOL_SOCKET = 1;
  private static final int SO_BINDTODEVICE = 25;

  /** Linux's {@code IFNAMSIZ}, a zero at the end included. */
  private static final int NAME_BYTES = 16;

  private static final RawUnixChannelOption OPTION =
      new RawUnixChannelOption("SO_BINDTODEVICE", SOL_SOCKET, SO_BINDTODEVICE, NAME_BYTES);

  private OneInterface() {}

  /** The name of an interface that is given by its name or number; what it is if there is none. */
  static String name(String named) {
    NetworkInterface found = find(named);
    return found == null ? named : found.getName();
  }

  private static @Nullable NetworkInterface find(String named) {
    try {
      NetworkInterface byName = NetworkInterface.getByName(named);
      return byName != null || !named.matches("[0-9]{1,9}")
          ? byName
          : NetworkInterface.getByIndex(Integer.parseInt(named));
    } catch (SocketException e) {
      return null;
    }
  }

  /**
   * Keeps a socket of epoll's to an interface.
   *
   * @param device its name; empty for none
   * @throws ChannelException if there is no such interface, or this may not be done; the socket is
   *     closed
   */
  static <T extends Channel> T bind(T channel, String device) {
    if (device.isEmpty()) {
      return channel;
    }
    byte[] name = device.getBytes(UTF_8);
    try {
      if (name.length >= NAME_BYTES) {
        throw new ChannelException("no interface has the name " + device);
      }
      ByteBuffer value = ByteBuffer.allocateDirect(NAME_BYTES).put(name).position(0);
      if (!channel.config().setOption(OPTION, value)) {
        throw new ChannelException("sockets cannot be kept to interface " + device);
      }
      return channel;
    } catch (RuntimeException e) {
      channel.unsafe().closeForcibly();
      throw e;
    }
  }
}
