// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.moss;

import io.lichen.core.moss.MossNode;
import io.lichen.core.moss.MossSubscription;
import io.lichen.gateway.api.routes.ApiRoutes;
import io.lichen.gateway.api.routes.NativeErrors;
import io.lichen.gateway.api.routes.Query;
import io.lichen.gateway.http.HttpException;
import io.lichen.gateway.http.HttpServer;
import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.Router;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The messages of a Moss node's channels: publishing, asking for the latest, and WebSockets. */
public final class MessageRoutes implements ApiRoutes {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_WAIT_MS = 30_000;

  private final Audience audience = new Audience();
  private final Channels channels;
  private final MossSubscription events;

  /** Of a node. */
  public MessageRoutes(MossNode node) {
    this.channels = new Channels(node, audience);
    this.events =
        node.listenToEvents(
            event ->
                audience.publish(
                    SocketClient.EVENTS, MessageFormat.event(event.type().id(), event.detail())));
  }

  @Override
  public void addTo(Router router) {
    router.put("/v1/channels/:name", NativeErrors.told(this::subscribe));
    router.delete("/v1/channels/:name", NativeErrors.told(this::unsubscribe));
    router.post("/v1/channels/:name/messages", NativeErrors.told(this::publish));
    router.get("/v1/channels/:name/messages", this::messages);
    router.webSocket("/v1/ws", new SocketProtocol(channels));
  }

  @Override
  public void serving(HttpServer server) {
    audience.server(server);
  }

  @Override
  public void close() {
    events.close();
    channels.close();
  }

  private Response subscribe(Request request) {
    channels.remember(request.param("name"));
    return Response.of(204);
  }

  private Response unsubscribe(Request request) {
    channels.forget(request.param("name"));
    return Response.of(204);
  }

  private Response publish(Request request) {
    String channel = request.param("name");
    byte[] data = request.bodyBytes();
    channels.publish(channel, data);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("channel", channel);
    answer.put("bytes", data.length);
    return Response.json(answer).withStatus(202);
  }

  private Response messages(Request request) throws InterruptedException {
    String channel = request.param("name");
    long after = Query.number(request, "after", 0, 0, Long.MAX_VALUE);
    long limit = Query.number(request, "limit", DEFAULT_LIMIT, 1, RecentMessages.MAX_MESSAGES);
    long waitMs = Query.number(request, "wait_ms", 0, 0, MAX_WAIT_MS);
    RecentMessages recent = channels.recent(channel);
    if (recent == null) {
      throw new HttpException(
          404, "not_subscribed", "nothing is kept of '" + channel + "': PUT its channel first");
    }
    RecentMessages.Page page = recent.after(after, (int) limit, waitMs);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("messages", page.messages().stream().map(MessageRoutes::message).toList());
    answer.put("next", page.next());
    return Response.json(answer);
  }

  private static Map<String, Object> message(ChannelMessage message) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("seq", message.seq());
    members.put("ts", message.timeMs());
    members.put("sender", HexFormat.of().formatHex(message.sender()));
    members.put("data", message.data());
    return members;
  }
}
