// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import io.lichen.gateway.http.files.ByteRange;
import io.lichen.gateway.http.files.Conditions;
import io.lichen.gateway.http.files.FileSource;
import io.lichen.gateway.http.files.FileTypes;
import io.lichen.gateway.http.files.FolderFiles;
import io.lichen.gateway.http.files.Gzip;
import io.lichen.gateway.http.files.ResourceFiles;
import io.lichen.gateway.http.files.SafePath;
import io.lichen.gateway.http.files.ServedFile;
import io.lichen.gateway.http.route.RoutePattern;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Answers with files; for a GET route whose pattern ends with {@code **}: {@code
 * router.get("/static/**", StaticFiles.directory(folder))}.
 *
 * <p>Knows ETag, If-None-Match, Last-Modified, single ranges, and gzip for resources. Shows no
 * listings, and nothing hidden (a name that begins with a dot, {@code .well-known} among them). A
 * path with {@code ..}, an empty segment, a backslash, a colon, an encoded slash or a name of a
 * device is 404, and so is a symbolic link that leads out of the folder. Immutable: the {@code
 * with} methods give another one.
 */
public final class StaticFiles implements Handler {
  private final FileSource source;
  private final List<String> indexes;
  private final String caching;

  private StaticFiles(FileSource source, List<String> indexes, String caching) {
    this.source = source;
    this.indexes = indexes;
    this.caching = caching;
  }

  /**
   * The files below a folder.
   *
   * @throws IllegalArgumentException when there is no such folder
   */
  public static StaticFiles directory(Path folder) {
    return new StaticFiles(new FolderFiles(folder), List.of("index.html"), "no-cache");
  }

  /**
   * The resources below a folder of the class path; of a named module, when it opens that package.
   *
   * @param anchor any class of theirs
   * @param folder absolute: {@code /org/example/page}
   */
  public static StaticFiles resources(Class<?> anchor, String folder) {
    FileSource source = new ResourceFiles(anchor, folder);
    return new StaticFiles(source, List.of("index.html"), "no-cache");
  }

  /** With these files, the first that is there, for a path that ends with a slash. */
  public StaticFiles withIndex(String... names) {
    return new StaticFiles(source, List.of(names), caching);
  }

  /** With this {@code Cache-Control}. Default: {@code no-cache}, which asks for each file anew. */
  public StaticFiles withCacheControl(String value) {
    return new StaticFiles(source, indexes, value);
  }

  @Override
  public Response handle(Request request) {
    return answer(request, request.param(RoutePattern.REST));
  }

  /**
   * Answers with the file of a path, whatever the request's own: for routes of another form than
   * {@code **}.
   *
   * @param name decoded, relative to the root; empty or with a slash at its end for an index
   * @throws HttpException 404 when there is none
   */
  public Response answer(Request request, String name) {
    SafePath path = path(request, name);
    if (path == null) {
      throw notFound();
    }
    if (path.isFolder()) {
      return index(request, path);
    }
    ServedFile file = source.find(path);
    if (file != null) {
      return answer(request, path, file);
    }
    index(request, path);
    // Links in the index mean the folder, which a browser knows by its slash.
    return Response.of(308).withHeader("Location", request.path() + "/");
  }

  private static @Nullable SafePath path(Request request, String name) {
    // An encoded slash is no separator to the router, so it must not be one to the file system.
    boolean encoded = request.path().toLowerCase(Locale.ROOT).contains("%2f");
    return encoded ? null : SafePath.parse(name);
  }

  private Response index(Request request, SafePath folder) {
    for (String name : indexes) {
      SafePath path = folder.file(name);
      ServedFile file = source.find(path);
      if (file != null) {
        return answer(request, path, file);
      }
    }
    throw notFound();
  }

  private Response answer(Request request, SafePath path, ServedFile file) {
    ServedFile packed = packed(request, file);
    ServedFile sent = packed == null ? file : packed;
    Response bare =
        described(file).withHeader("Cache-Control", caching).withHeader("ETag", sent.etag());
    if (Conditions.isKnown(request.headers(), sent)) {
      return bare.withStatus(304);
    }
    Response response =
        bare.withHeader("Content-Type", FileTypes.of(path.lastName()))
            .withHeader("X-Content-Type-Options", "nosniff");
    if (packed != null) {
      return response.withHeader("Content-Encoding", "gzip").with(packed.piece(0, packed.length()));
    }
    ByteRange range = range(request, file);
    Response plain = response.withHeader("Accept-Ranges", "bytes");
    return range == null ? plain.with(file.piece(0, file.length())) : partial(plain, file, range);
  }

  /** What a client is sent instead that takes gzip; a piece is one of the file as it is. */
  private static @Nullable ServedFile packed(Request request, ServedFile file) {
    boolean whole = request.header("Range") == null;
    return whole && Gzip.isAccepted(request.headers()) ? file.gzipped() : null;
  }

  private static Response described(ServedFile file) {
    Response response = Response.of(200);
    if (file.gzipped() != null) {
      response = response.withHeader("Vary", "Accept-Encoding");
    }
    return file.modified() == null
        ? response
        : response.withHeader("Last-Modified", Conditions.date(file.modified()));
  }

  private static @Nullable ByteRange range(Request request, ServedFile file) {
    boolean allowed =
        request.method().equals("GET") && Conditions.allowsRange(request.headers(), file);
    return allowed ? ByteRange.parse(request.header("Range"), file.length()) : null;
  }

  private static Response partial(Response response, ServedFile file, ByteRange range) {
    if (range.length() == 0) {
      return Response.of(416).withHeader("Content-Range", "bytes */" + file.length());
    }
    long last = range.offset() + range.length() - 1;
    return response
        .withStatus(206)
        .withHeader("Content-Range", "bytes " + range.offset() + "-" + last + "/" + file.length())
        .with(file.piece(range.offset(), range.length()));
  }

  private static HttpException notFound() {
    return new HttpException(404, "not_found", "Not Found");
  }
}
