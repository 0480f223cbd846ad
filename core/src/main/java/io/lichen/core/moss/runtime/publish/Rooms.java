// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.publish;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.room.Room;
import io.lichen.core.moss.runtime.channel.ChannelRoute;
import io.lichen.core.moss.runtime.channel.JoinedRoom;
import io.lichen.core.moss.runtime.work.NodeLife;
import io.lichen.transport.moss.Era;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The rooms that a node is in: its own, and those that it joined. Thread-safe. */
public final class Rooms {
  /** Rooms besides the own one. */
  public static final int MAX_JOINED = 1024;

  private final JoinedRoom own;
  private final Era era;
  private final ChannelRoutes routes;
  private final NodeLife life;
  private final SecureRandom random;
  private final ConcurrentHashMap<String, JoinedRoom> joined = new ConcurrentHashMap<>();

  public Rooms(JoinedRoom own, Era era, ChannelRoutes routes, NodeLife life, SecureRandom random) {
    this.own = own;
    this.era = era;
    this.routes = routes;
    this.life = life;
    this.random = random;
  }

  /** The room that the node was made for. */
  public JoinedRoom own() {
    return own;
  }

  /**
   * The room of this name; the own one also for the empty name.
   *
   * @throws MossException {@link MossError#NOT_IN_ROOM}
   */
  public JoinedRoom get(String id) {
    JoinedRoom found = isOwn(id) ? own : joined.get(id);
    if (found == null) {
      throw new MossException(MossError.NOT_IN_ROOM, "room '" + id + "' was not joined");
    }
    return found;
  }

  /**
   * Joins a room. With a key other than before, its subscriptions move to the new key.
   *
   * @throws MossException {@link MossError#CONFIG_INVALID}, {@link MossError#OUT_OF_MEMORY}, or
   *     {@link MossError#INVALID_HANDLE} on a node that was stopped
   */
  public JoinedRoom join(String id, byte @Nullable [] psk) {
    life.requireNotStopped();
    requireJoinable(id);
    JoinedRoom fresh = new JoinedRoom(id, Room.of(id, psk, random));
    while (true) {
      JoinedRoom former = joined.putIfAbsent(id, fresh);
      if (former == null) {
        return fresh;
      }
      if (former.hasKeyOf(fresh)) {
        return former;
      }
      if (joined.replace(id, former, fresh)) {
        move(former, fresh);
        return fresh;
      }
    }
  }

  /** Leaves a room; answers whether this membership was in force and could be left. */
  public boolean leave(JoinedRoom room) {
    if (!joined.remove(room.id(), room)) {
      return false;
    }
    routes.leave(room);
    return true;
  }

  private void move(JoinedRoom former, JoinedRoom fresh) {
    List<ChannelRoute> subscribed = former.subscribed();
    routes.leave(former);
    subscribed.forEach(route -> routes.subscribe(fresh, route.channel(), route.options()));
  }

  private void requireJoinable(String id) {
    if (era == Era.A) {
      throw new MossException(
          MossError.CONFIG_INVALID, "era A has no rooms: room '" + id + "' cannot be joined");
    }
    if (isOwn(id)) {
      throw new MossException(
          MossError.CONFIG_INVALID,
          id.isEmpty() ? "a room's name is not empty" : "the node is in room '" + id + "' already");
    }
    if (joined.size() >= MAX_JOINED && !joined.containsKey(id)) {
      throw new MossException(
          MossError.OUT_OF_MEMORY, MAX_JOINED + " rooms are joined: leave one before joining more");
    }
  }

  private boolean isOwn(String id) {
    return id.isEmpty() || id.equals(own.id());
  }
}
