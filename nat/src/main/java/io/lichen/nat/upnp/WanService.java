// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.upnp;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A service of a gateway that opens ports.
 *
 * @param type its name with version
 * @param control where it is asked
 */
public record WanService(String type, URI control) {
  /** The one that finds a free port by itself. */
  static final String IP_2 = "urn:schemas-upnp-org:service:WANIPConnection:2";

  /** What is looked for, the best first. */
  private static final List<String> TYPES =
      List.of(
          IP_2,
          "urn:schemas-upnp-org:service:WANIPConnection:1",
          "urn:schemas-upnp-org:service:WANPPPConnection:1");

  /** Services of a description; more are not looked at. */
  private static final int MAX_SERVICES = 64;

  /**
   * The services that a description tells of, the best first.
   *
   * @param location where the description was
   * @throws UpnpException if it is none
   */
  public static List<WanService> of(URI location, byte[] description) throws UpnpException {
    Reading reading = new Reading(location);
    Xml.read(description, reading);
    return TYPES.stream()
        .flatMap(type -> reading.services.stream().filter(service -> service.type.equals(type)))
        .toList();
  }

  /** Collects what stands in each {@code service}. */
  private static final class Reading implements Xml.Leaf {
    private final URI location;
    private final List<WanService> services = new ArrayList<>();
    private String type = "";
    private String control = "";

    Reading(URI location) {
      this.location = location;
    }

    @Override
    public void accept(String name, String text) {
      switch (name) {
        case "serviceType" -> type = text;
        case "controlURL" -> control = text;
        default -> {}
      }
    }

    @Override
    public void onEnd(String name) {
      if (!name.equals("service")) {
        return;
      }
      Optional<URI> at = resolved();
      if (at.isPresent() && services.size() < MAX_SERVICES) {
        services.add(new WanService(type, at.get()));
      }
      type = "";
      control = "";
    }

    /** At the same host, whatever the description says. */
    private Optional<URI> resolved() {
      try {
        URI at = location.resolve(control);
        boolean there = "http".equals(at.getScheme()) && location.getHost().equals(at.getHost());
        return control.isEmpty() || !there ? Optional.empty() : Optional.of(at);
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }
}
