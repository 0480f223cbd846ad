// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.channel;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.room.Room;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One membership in a room: its name, its key, and the routes of its channels by their names.
 * Thread-safe. Once left it stays left.
 */
public final class JoinedRoom {
  private final String id;
  private final Room room;
  private final ConcurrentHashMap<String, ChannelRoute> routes = new ConcurrentHashMap<>();
  private volatile boolean joined = true;

  public JoinedRoom(String id, Room room) {
    this.id = id;
    this.room = room;
  }

  /** The name that the application uses. */
  public String id() {
    return id;
  }

  /** What makes topics and seals payloads. */
  public Room room() {
    return room;
  }

  /** Whether the node is in it. */
  public boolean isJoined() {
    return joined;
  }

  /**
   * Does nothing while the node is in it.
   *
   * @throws MossException {@link MossError#NOT_IN_ROOM} afterwards
   */
  public void requireJoined() {
    if (!joined) {
      throw new MossException(MossError.NOT_IN_ROOM, "room '" + id + "' was left");
    }
  }

  /** The node is no longer in it. */
  public void markLeft() {
    joined = false;
  }

  /** Whether another has the same key. */
  public boolean hasKeyOf(JoinedRoom other) {
    byte[] none = {};
    return Arrays.equals(room.key().orElse(none), other.room.key().orElse(none));
  }

  /** The route of a channel, if one was made. */
  public @Nullable ChannelRoute route(String channel) {
    return routes.get(channel);
  }

  /** Keeps a route; {@code ChannelRoutes} only. */
  public void add(ChannelRoute route) {
    routes.put(route.channel(), route);
  }

  /** Forgets a route; {@code ChannelRoutes} only. */
  public void remove(ChannelRoute route) {
    routes.remove(route.channel(), route);
  }

  /** All routes, as they are now. */
  public Collection<ChannelRoute> routes() {
    return List.copyOf(routes.values());
  }

  /** The routes of the subscribed channels. */
  public List<ChannelRoute> subscribed() {
    return routes.values().stream().filter(ChannelRoute::isSubscribed).toList();
  }
}
