// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.core.net.redex.RecordJson;
import io.lichen.gateway.api.routes.ApiRoutes;
import io.lichen.gateway.api.routes.NativeErrors;
import io.lichen.gateway.http.HttpException;
import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.Router;
import io.lichen.redex.RedexFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Logs over HTTP. A name may hold slashes, which a path shows as {@code %2F}; names are those of
 * channels, so that none leads out of the directory of logs.
 */
public final class LogRoutes implements ApiRoutes {
  private static final String FILE = "/v1/redex/:file";
  private static final int MAX_NAMES = 1000;
  private static final int MAX_RECORDS = 1000;

  /** Payloads of one answer; as hex they are twice as long. */
  private static final long MAX_PAYLOAD_BYTES = 4L << 20;

  private static final int RECORD_BYTES = 96;

  private final LogStore store;

  /** Over these logs, which it closes. */
  public LogRoutes(LogStore store) {
    this.store = store;
  }

  @Override
  public void addTo(Router router) {
    router.get("/v1/redex", _ -> list());
    router.put(FILE, NativeErrors.told(this::make));
    router.get(FILE, NativeErrors.told(request -> shown(file(request))));
    router.post(FILE + "/events", NativeErrors.told(this::append));
    router.get(FILE + "/events", NativeErrors.told(this::range));
    router.get(FILE + "/tail", NativeErrors.told(this::tail));
    router.webSocket(FILE + "/tail", new LogSocket(store));
  }

  @Override
  public void describe(Map<String, Object> info) {
    info.put("redex", Map.of("files", store.names().size()));
  }

  @Override
  public void close() {
    store.close();
  }

  private Response list() {
    List<Map<String, Object>> files =
        store.names().stream().limit(MAX_NAMES).map(this::listed).toList();
    return Response.json(Map.of("files", files));
  }

  /** A look at the list opens nothing. */
  private Map<String, Object> listed(String name) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", name);
    members.put("len", store.findOpen(name).map(RedexFile::size).orElse(null));
    return members;
  }

  private Response make(Request request) {
    String name = request.param("file");
    boolean isNew = store.make(name, new String(request.bodyBytes(), UTF_8));
    return shown(store.get(name)).withStatus(isNew ? 201 : 200);
  }

  private static Response shown(RedexFile file) {
    return json(
        "{\"name\":\"%s\",\"len\":%d,\"next_seq\":%s}"
            .formatted(file.name(), file.size(), Long.toUnsignedString(file.nextSeq())));
  }

  private Response append(Request request) {
    long seq = file(request).append(request.bodyBytes());
    return json("{\"seq\":" + Long.toUnsignedString(seq) + "}").withStatus(201);
  }

  private Response range(Request request) {
    RedexFile file = file(request);
    long start = Seqs.of(request, "start").orElse(0);
    long end = Seqs.of(request, "end").orElse(start + MAX_RECORDS);
    if (Long.compareUnsigned(end - start, MAX_RECORDS) > 0) {
      throw new HttpException(
          400, "invalid_range", "end is start, or up to " + MAX_RECORDS + " more");
    }
    return json(RecordJson.of(file.readRange(start, end, MAX_PAYLOAD_BYTES, RECORD_BYTES)));
  }

  private Response tail(Request request) {
    RedexFile file = file(request);
    return Response.events(new LogStream(store, file, Seqs.toFollow(request, file)));
  }

  private RedexFile file(Request request) {
    return store.get(request.param("file"));
  }

  private static Response json(String text) {
    return Response.bytes(text.getBytes(UTF_8))
        .withHeader("Content-Type", "application/json; charset=utf-8");
  }
}
