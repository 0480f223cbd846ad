// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.ScriptedRandom;
import io.lichen.nat.gateway.GatewayMapper;
import io.lichen.nat.gateway.GatewaySettings;
import io.lichen.nat.gateway.PcpNonces;
import io.lichen.nat.gateway.PortMapping;
import io.lichen.nat.upnp.GatewayHttp;
import io.lichen.nat.upnp.UpnpPort;
import io.lichen.nat.upnp.WanService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** How gateways are asked to open ports, and what is believed of their answers. */
final class GatewayChecks {
  private static final GatewaySettings SETTINGS =
      GatewaySettings.defaults().withLifetimeSeconds(600);
  private static final int NONCE = 2 * 24;
  private static final int NONCE_END = 2 * 36;
  private static final int OTHER_NONCE_BYTES = 12;

  private GatewayChecks() {}

  static ObjectNode natPmp(JsonNode vector) {
    RecordedGateway gateway = new RecordedGateway();
    int kind = vector.path("gateway").intValue();
    gateway.hasNoAddress = kind == 1;
    gateway.refusesTcp = kind == 2;
    gateway.run(GatewayMapper.natPmp(vector.path("internal_port").intValue(), SETTINGS, gateway));
    return answer(gateway);
  }

  static ObjectNode pcp(JsonNode vector) {
    RecordedGateway gateway = new RecordedGateway();
    gateway.grantedPort = vector.path("gateway_external_port").intValue();
    List<byte[]> nonces = new ArrayList<>();
    for (JsonNode request : vector.path("requests")) {
      nonces.add(HexFormat.of().parseHex(request.textValue().substring(NONCE, NONCE_END)));
    }
    gateway.run(pcp(vector, nonces, gateway));
    return answer(gateway);
  }

  /** An answer to the request for UDP; the one for TCP gets none. */
  static ObjectNode parsePcp(JsonNode vector) {
    RecordedGateway gateway = new RecordedGateway();
    byte[] answer = hex(vector, "response");
    gateway.answers = request -> request == 0 ? answer : null;
    gateway.run(pcp(vector, List.of(hex(vector, "nonce"), new byte[OTHER_NONCE_BYTES]), gateway));
    ObjectNode read = object();
    String mapped = gateway.mapped();
    if (!mapped.isEmpty()) {
      int colon = mapped.lastIndexOf(':');
      read.put("external_ip", mapped.substring(0, colon));
      read.put("external_port", Integer.parseInt(mapped.substring(colon + 1)));
    }
    return read.put("ok", !mapped.isEmpty());
  }

  static ObjectNode upnp(JsonNode vector) throws IOException, InterruptedException {
    ObjectNode answer = object();
    GatewayHttp http = new RecordedIgd(answer.putArray("calls"));
    WanService service =
        new WanService(text(vector, "service"), URI.create("http://127.0.0.1/control"));
    UpnpPort port =
        UpnpPort.at(
            List.of(service),
            http,
            InetAddress.ofLiteral("127.0.0.1"),
            vector.path("internal_port").intValue(),
            new ScriptedRandom(List.of()));
    PortMapping mapping = port.open(SETTINGS.lifetimeSeconds());
    port.close();
    return answer.put("mapped", StunChecks.goText(mapping.external())).put("ok", true);
  }

  private static GatewayMapper pcp(JsonNode vector, List<byte[]> nonces, RecordedGateway gateway) {
    return GatewayMapper.pcp(
        vector.path("internal_port").intValue(),
        InetAddress.ofLiteral("127.0.0.1"),
        PcpNonces.draw(new ScriptedRandom(nonces)),
        SETTINGS,
        gateway);
  }

  private static ObjectNode answer(RecordedGateway gateway) {
    ObjectNode answer =
        object().put("mapped", gateway.mapped()).put("ok", !gateway.mapped().isEmpty());
    ArrayNode requests = answer.putArray("requests");
    gateway.requests().forEach(requests::add);
    return answer;
  }
}
