// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A file of the dashboard, in memory.
 *
 * @param tag names its contents, in quotes
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares these.
record PageFile(String name, String type, String tag, byte[] bytes) {
  /** A folder of a jar can not be listed; PageRoutesTest holds these against it. */
  private static final List<String> NAMES =
      List.of(
          "index.html",
          "icon.svg",
          "base.css",
          "layout.css",
          "parts.css",
          "api.js",
          "channels.js",
          "dom.js",
          "facts.js",
          "format.js",
          "graph.js",
          "health.js",
          "logs.js",
          "main.js",
          "nat.js",
          "payload.js",
          "peers.js",
          "publish.js",
          "radial.js",
          "rosette.js",
          "socket.js",
          "sse.js",
          "stream.js",
          "theme-switch.js",
          "theme.js",
          "timeline.js");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private static final int TAG_CHARS = 16;

  /** Every file, by its name. */
  static Map<String, PageFile> all() {
    return NAMES.stream().collect(Collectors.toMap(Function.identity(), PageFile::load));
  }

  private static PageFile load(String name) {
    try (InputStream in =
        PageFile.class.getResourceAsStream("/io/lichen/gateway/dashboard/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the dashboard's " + name + " is missing in this program");
      }
      byte[] bytes = in.readAllBytes();
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      if (type == null) {
        throw new IllegalStateException("no type for " + name);
      }
      return new PageFile(name, type, tagOf(bytes), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the dashboard's " + name, e);
    }
  }

  private static String tagOf(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(hash).substring(0, TAG_CHARS) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
