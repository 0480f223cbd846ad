// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.logs;

import io.lichen.core.net.redex.LogConfig;
import io.lichen.gateway.http.HttpException;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** The logs that a gateway gives access to. Thread-safe. */
public final class LogStore implements AutoCloseable {
  /** Open at a time: each has files and memory of its own, and anybody who may ask can make one. */
  static final int MAX_OPEN = 1024;

  private final Redex manager;
  private final RedexConfig usual;
  private final boolean isOwner;
  private final Set<String> opened = new HashSet<>();
  private volatile boolean isClosed;

  private LogStore(Redex manager, RedexConfig usual, boolean isOwner) {
    this.manager = manager;
    this.usual = usual;
    this.isOwner = isOwner;
  }

  /**
   * Logs below a directory, or in memory where their configuration says so.
   *
   * @throws RedexException {@link RedexError#IO} if it cannot be used, or is in use
   */
  public static LogStore open(Path directory) {
    return new LogStore(Redex.open(directory), RedexConfig.onDisk(), true);
  }

  /** Logs of somebody else, who closes them; in memory unless their configuration says more. */
  public static LogStore of(Redex manager) {
    return new LogStore(manager, RedexConfig.inMemory(), false);
  }

  /** The names of all logs, in their order. */
  SortedSet<String> names() {
    return manager.names();
  }

  /**
   * The log with this name.
   *
   * @throws HttpException 404 if there is none
   */
  RedexFile get(String name) {
    return find(name)
        .orElseThrow(() -> new HttpException(404, "no_such_log", "there is no log '" + name + "'"));
  }

  /** The log with this name, if it is open. */
  Optional<RedexFile> findOpen(String name) {
    return manager.find(name);
  }

  /** The log with this name, which is opened if it is on disk. */
  synchronized Optional<RedexFile> find(String name) {
    Optional<RedexFile> open = manager.find(name);
    if (open.isPresent() || !manager.isOnDisk(name)) {
      return open;
    }
    return Optional.of(open(name, RedexConfig.onDisk()));
  }

  /**
   * Makes a log unless it is there, or opens it again if it was closed.
   *
   * @param json its configuration, as upstream's C API takes it; empty for the usual one
   * @return whether it is new
   * @throws io.lichen.core.net.NetException if that is not the JSON that it should be
   * @throws RedexException {@link RedexError#NAME}, {@link RedexError#CONFIG}, {@link
   *     RedexError#IO}
   */
  synchronized boolean make(String name, String json) {
    RedexConfig config = json.isBlank() ? usual : LogConfig.parse(json).local();
    boolean isNew = manager.find(name).isEmpty() && !manager.isOnDisk(name);
    RedexFile unused = open(name, config);
    return isNew;
  }

  private RedexFile open(String name, RedexConfig config) {
    if (opened.size() >= MAX_OPEN && !opened.contains(name)) {
      throw new HttpException(
          507, "too_many_logs", MAX_OPEN + " logs are open, which is as many as can be");
    }
    RedexFile file = manager.open(name, config);
    opened.add(name);
    return file;
  }

  /** Whether tails end because the gateway does, and not their logs. */
  boolean isClosed() {
    return isClosed;
  }

  @Override
  public void close() {
    isClosed = true;
    if (isOwner) {
      manager.close();
    }
  }
}
