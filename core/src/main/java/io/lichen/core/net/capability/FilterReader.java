// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.core.json.JsonException;
import io.lichen.core.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads filters from JSON. */
final class FilterReader {
  private FilterReader() {}

  static CapabilityFilter filter(String text) throws JsonException {
    JsonReader json = reader(text);
    CapabilityFilter filter = filter(json);
    json.end();
    return filter;
  }

  static CapabilityFilter filter(JsonReader json) throws JsonException {
    List<String> tags = List.of();
    List<String> models = List.of();
    List<String> tools = List.of();
    List<String> modalities = List.of();
    long memoryGb = 0;
    long vramGb = 0;
    long contextLength = 0;
    boolean needsGpu = false;
    String vendor = null;
    json.beginObject();
    while (json.nextMember()) {
      switch (json.nameText()) {
        case "require_tags" -> tags = json.readStrings(List.of());
        case "require_models" -> models = json.readStrings(List.of());
        case "require_tools" -> tools = json.readStrings(List.of());
        case "require_modalities" -> modalities = modalities(json);
        case "min_memory_gb" -> memoryGb = optionalNumber(json);
        case "min_vram_gb" -> vramGb = optionalNumber(json);
        case "min_context_length" -> contextLength = optionalNumber(json);
        case "require_gpu" -> needsGpu = json.readBoolean();
        case "gpu_vendor" -> vendor = json.tryNull() ? null : json.readString();
        default -> json.skipValue();
      }
    }
    return new CapabilityFilter(
        tags, models, tools, memoryGb, needsGpu, vendor, vramGb, contextLength, modalities);
  }

  static ScopeFilter scope(String text) throws JsonException {
    JsonReader json = reader(text);
    String kind = null;
    List<String> tenants = new ArrayList<>();
    List<String> regions = new ArrayList<>();
    json.beginObject();
    while (json.nextMember()) {
      switch (json.nameText()) {
        case "kind" -> kind = json.readString();
        case "tenant" -> tenants.add(json.readString());
        case "tenants" -> tenants.addAll(json.readStrings(List.of()));
        case "region" -> regions.add(json.readString());
        case "regions" -> regions.addAll(json.readStrings(List.of()));
        default -> json.skipValue();
      }
    }
    json.end();
    return scope(kind, tenants, regions);
  }

  private static ScopeFilter scope(
      @Nullable String kind, List<String> tenants, List<String> regions) {
    tenants.removeIf(String::isEmpty);
    regions.removeIf(String::isEmpty);
    return switch (kind == null ? "" : kind) {
      case "any" -> ScopeFilter.ANY;
      case "global_only", "globalOnly" -> ScopeFilter.GLOBAL_ONLY;
      case "same_subnet", "sameSubnet" -> ScopeFilter.SAME_SUBNET;
      case "tenant", "tenants" -> new ScopeFilter(ScopeFilter.Kind.TENANTS, tenants);
      case "region", "regions" -> new ScopeFilter(ScopeFilter.Kind.REGIONS, regions);
      default ->
          throw new IllegalArgumentException(
              "scope: kind is any, global_only, same_subnet, tenant, tenants, region or regions,"
                  + " not "
                  + kind);
    };
  }

  private static List<String> modalities(JsonReader json) throws JsonException {
    return json.readStrings(List.of()).stream().filter(Model.MODALITIES::contains).toList();
  }

  private static long optionalNumber(JsonReader json) throws JsonException {
    return json.tryNull() ? 0 : json.readUnsignedLong();
  }

  private static JsonReader reader(String text) {
    byte[] octets = text.getBytes(UTF_8);
    return new JsonReader(octets, 0, octets.length);
  }
}
