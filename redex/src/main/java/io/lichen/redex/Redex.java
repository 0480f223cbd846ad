// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import io.lichen.crypto.ChannelName;
import io.lichen.redex.disk.DirectoryLock;
import io.lichen.redex.disk.Disk;
import io.lichen.redex.disk.ReadOnlyDisk;
import io.lichen.redex.disk.SystemDisk;
import io.lichen.redex.log.Inspection;
import io.lichen.redex.log.LogFile;
import io.lichen.redex.log.LogPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Logs by name, in memory or below one directory, which belongs to one manager at a time. Names are
 * those of channels; a log's files are the native's (docs/wire/redex-files.md). Thread-safe.
 */
public final class Redex implements AutoCloseable {
  private static final long NS_PER_SECOND = 1_000_000_000L;

  private final @Nullable Path directory;
  private final @Nullable DirectoryLock lock;
  private final Disk disk;
  private final Map<String, LogFile> logs = new HashMap<>();
  private boolean isClosed;

  private Redex(@Nullable Path directory, Disk disk, @Nullable DirectoryLock lock) {
    this.directory = directory;
    this.disk = disk;
    this.lock = lock;
  }

  /** Keeps logs in memory. */
  public static Redex inMemory() {
    return new Redex(null, new SystemDisk(), null);
  }

  /**
   * Keeps logs in memory or below a directory, which is made if it is missing.
   *
   * @throws RedexException {@link RedexError#IO} if it cannot be used, or is in use
   */
  public static Redex open(Path directory) {
    try {
      Files.createDirectories(directory);
      return new Redex(directory, new SystemDisk(), DirectoryLock.take(directory));
    } catch (IOException e) {
      throw new RedexException(RedexError.IO, "no logs can be kept: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the logs below a directory, as they would be recovered, and changes nothing: somebody
   * else may be writing them. A log shows what it had when it was opened; what was lost of it by
   * then shows as lost.
   */
  public static Redex openReadOnly(Path directory) {
    return new Redex(directory, new ReadOnlyDisk(), null);
  }

  /**
   * The log with this name, opened and if need be made. One that was closed is opened anew, after
   * which the closed one cannot be read any more.
   *
   * @param config how it is kept; means nothing if it is open already
   * @throws RedexException {@link RedexError#NAME}, {@link RedexError#CONFIG} if it is to be on
   *     disk and there is no directory, {@link RedexError#IO}, {@link RedexError#DAMAGED}, {@link
   *     RedexError#CLOSED}
   */
  public synchronized RedexFile open(String name, RedexConfig config) {
    requireOpen();
    LogFile open = logs.get(name);
    if (open != null && !open.isClosed()) {
      return open;
    }
    LogFile log = config.persistent() ? onDisk(name, config) : inMemory(name, config);
    LogFile before = logs.put(name, log);
    if (before != null) {
      before.discard();
    }
    return log;
  }

  private LogFile onDisk(String name, RedexConfig config) {
    return LogFile.onDisk(name, config, disk, pathOf(name), Redex::unixNs);
  }

  private static LogFile inMemory(String name, RedexConfig config) {
    return LogFile.inMemory(channel(name).text(), config, Redex::unixNs);
  }

  private Path pathOf(String name) {
    if (directory == null) {
      throw new RedexException(
          RedexError.CONFIG, "log " + name + " cannot be on disk: there is no directory");
    }
    return LogPath.of(directory, channel(name));
  }

  private static ChannelName channel(String name) {
    try {
      return ChannelName.of(name);
    } catch (IllegalArgumentException e) {
      throw new RedexException(RedexError.NAME, String.valueOf(e.getMessage()), e);
    }
  }

  private static long unixNs() {
    Instant now = Instant.now();
    return now.getEpochSecond() * NS_PER_SECOND + now.getNano();
  }

  /** Whether there is a log on disk with this name. */
  public boolean isOnDisk(String name) {
    if (directory == null) {
      return false;
    }
    try {
      return LogPath.isLog(disk, directory, channel(name));
    } catch (IOException e) {
      throw new RedexException(RedexError.IO, "log " + name + ": " + e.getMessage(), e);
    }
  }

  /**
   * Looks at a log on disk, open or not, and changes nothing. What is appended meanwhile may show
   * as damaged.
   *
   * @throws RedexException {@link RedexError#IO}, {@link RedexError#DAMAGED}
   */
  public RedexReport inspect(String name) {
    try {
      return Inspection.of(name, new ReadOnlyDisk(), pathOf(name));
    } catch (IOException e) {
      throw new RedexException(RedexError.IO, "log " + name + ": " + e.getMessage(), e);
    }
  }

  /** The log with this name, if it is open. */
  public synchronized Optional<RedexFile> find(String name) {
    return Optional.<RedexFile>ofNullable(logs.get(name)).filter(log -> !isClosed);
  }

  /**
   * The names of all logs, in their order: those that are open, and those on disk.
   *
   * @throws RedexException {@link RedexError#IO}
   */
  public SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    try {
      if (directory != null) {
        names.addAll(LogPath.names(disk, directory));
      }
    } catch (IOException e) {
      throw new RedexException(RedexError.IO, "the logs cannot be listed: " + e.getMessage(), e);
    }
    synchronized (this) {
      names.addAll(logs.keySet());
    }
    return names;
  }

  /**
   * Closes a log if it is open, and removes its files.
   *
   * @throws RedexException as {@link #open(String, RedexConfig)}
   */
  public synchronized void remove(String name) {
    requireOpen();
    if (disk.isReadOnly()) {
      throw new RedexException(RedexError.CONFIG, "the logs were opened to be read only");
    }
    LogFile log = logs.remove(name);
    if (log != null) {
      log.discard();
    }
    if (directory != null) {
      try {
        LogPath.remove(disk, directory, channel(name));
      } catch (IOException e) {
        throw new RedexException(
            RedexError.IO, "log " + name + " cannot be removed: " + e.getMessage(), e);
      }
    }
  }

  /** Evicts in all open logs what their {@link Retention} does not keep. */
  public synchronized void sweepRetention() {
    requireOpen();
    logs.values().forEach(LogFile::sweepRetention);
  }

  private void requireOpen() {
    if (isClosed) {
      throw new RedexException(RedexError.CLOSED, "the manager of logs is closed");
    }
  }

  /**
   * Closes all logs; they cannot be read any more. Idempotent.
   *
   * @throws RedexException the first failure; everything is closed nevertheless
   */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    RedexException first = null;
    for (LogFile log : logs.values()) {
      try {
        log.discard();
      } catch (RedexException e) {
        first = first == null ? e : first;
      }
    }
    first = unlocked(first);
    if (first != null) {
      throw first;
    }
  }

  private @Nullable RedexException unlocked(@Nullable RedexException first) {
    try {
      if (lock != null) {
        lock.close();
      }
      return first;
    } catch (IOException e) {
      return first != null
          ? first
          : new RedexException(RedexError.IO, "the lock of " + directory + " stays", e);
    }
  }
}
