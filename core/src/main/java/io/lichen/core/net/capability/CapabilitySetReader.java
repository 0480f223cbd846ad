// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.core.json.JsonException;
import io.lichen.core.json.JsonReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an application announces from the JSON of the seed's call
 * (docs/wire/net-capabilities.md, "What an application announces").
 */
final class CapabilitySetReader {
  private static final long MAX_U16 = 0xFFFF;

  private final JsonReader json;
  private Hardware hardware = Hardware.NONE;

  CapabilitySetReader(String text) {
    byte[] octets = text.getBytes(UTF_8);
    this.json = new JsonReader(octets, 0, octets.length);
  }

  CapabilitySet read() throws JsonException {
    CapabilitySet.Builder set = CapabilitySet.builder();
    json.beginObject();
    while (json.nextMember()) {
      switch (json.nameText()) {
        case "hardware" -> hardware = hardware();
        case "software" -> set.software(software());
        case "models" -> each(() -> set.model(model()));
        case "tools" -> each(() -> set.tool(tool()));
        case "tags" -> json.readStrings(List.of()).forEach(tag -> tag(set, tag));
        case "limits" -> hardware = hardware.withLimits(limits());
        default -> json.skipValue();
      }
    }
    json.end();
    return set.hardware(hardware).build();
  }

  /** Of tags that nodes make themselves only scopes are the application's to choose. */
  private static void tag(CapabilitySet.Builder set, String tag) {
    if (tag.equals(CapabilityScope.SUBNET_LOCAL)) {
      set.subnetLocal();
    } else if (isNamed(tag, CapabilityScope.TENANT)) {
      set.tenant(tag.substring(CapabilityScope.TENANT.length()));
    } else if (isNamed(tag, CapabilityScope.REGION)) {
      set.region(tag.substring(CapabilityScope.REGION.length()));
    } else if (tag.isEmpty() || !AxisTag.isReserved(tag)) {
      set.tag(tag);
    }
  }

  private static boolean isNamed(String tag, String prefix) {
    return tag.startsWith(prefix) && tag.length() > prefix.length();
  }

  private Hardware hardware() throws JsonException {
    Hardware has = Hardware.NONE.withLimits(hardware.limits());
    long cores = 0;
    long threads = 0;
    json.beginObject();
    while (json.nextMember()) {
      switch (json.nameText()) {
        case "cpu_cores" -> cores = u16();
        case "cpu_threads" -> threads = u16();
        case "memory_gb" -> has = has.withMemoryGb(json.readUnsignedLong());
        case "storage_gb" -> has = has.withStorageGb(json.readUnsignedLong());
        case "network_gbps" -> has = has.withNetworkGbps(json.readUnsignedLong());
        case "gpu" -> has = has.withGpu(json.tryNull() ? null : gpu());
        default -> json.skipValue();
      }
    }
    return cores == 0 ? has : has.withCpu(cores, threads == 0 ? cores : threads);
  }

  private Gpu gpu() throws JsonException {
    String vendor = "";
    String model = "";
    long vramGb = 0;
    long computeUnits = 0;
    long tensorCores = 0;
    long tflops = 0;
    json.beginObject();
    while (json.nextMember()) {
      switch (json.nameText()) {
        case "vendor" -> vendor = text();
        case "model" -> model = text();
        case "vram_gb" -> vramGb = json.readUnsignedLong();
        case "compute_units" -> computeUnits = u16();
        case "tensor_cores" -> tensorCores = u16();
        case "fp16_tflops_x10" -> tflops = u16();
        default -> json.skipValue();
      }
    }
    return new Gpu(vendor, model, vramGb, computeUnits, tensorCores, tflops);
  }

  private Software software() throws JsonException {
    String os = "";
    String osVersion = "";
    String cuda = "";
    Map<String, String> runtimes = Map.of();
    Map<String, String> frameworks = Map.of();
    Map<String, String> drivers = Map.of();
    json.beginObject();
    while (json.nextMember()) {
      switch (json.nameText()) {
        case "os" -> os = text();
        case "os_version" -> osVersion = text();
        case "cuda_version" -> cuda = text();
        case "runtimes" -> runtimes = versions();
        case "frameworks" -> frameworks = versions();
        case "drivers" -> drivers = versions();
        default -> json.skipValue();
      }
    }
    return new Software(os, osVersion, cuda, runtimes, frameworks, drivers);
  }

  private Model model() throws JsonException {
    String id = "";
    String family = "";
    String quantization = "";
    long parameters = 0;
    long contextLength = 0;
    long tokensPerSecond = 0;
    boolean loaded = false;
    List<String> modalities = new ArrayList<>(List.of(Model.TEXT));
    json.beginObject();
    while (json.nextMember()) {
      switch (json.nameText()) {
        case "model_id" -> id = text();
        case "family" -> family = text();
        case "parameters_b_x10" -> parameters = json.readUnsignedLong();
        case "context_length" -> contextLength = json.readUnsignedLong();
        case "quantization" -> quantization = text();
        case "modalities" ->
            json.readStrings(List.of()).stream()
                .filter(Model.MODALITIES::contains)
                .forEach(modalities::add);
        case "tokens_per_sec" -> tokensPerSecond = json.readUnsignedLong();
        case "loaded" -> loaded = json.readBoolean();
        default -> json.skipValue();
      }
    }
    return new Model(
        id, family, parameters, contextLength, quantization, modalities, tokensPerSecond, loaded);
  }

  private Tool tool() throws JsonException {
    String id = "";
    String name = "";
    String version = Tool.DEFAULT_VERSION;
    String input = null;
    String output = null;
    List<String> requires = List.of();
    long timeMs = 0;
    boolean stateless = true;
    json.beginObject();
    while (json.nextMember()) {
      switch (json.nameText()) {
        case "tool_id" -> id = text();
        case "name" -> name = text();
        case "version" -> version = text();
        case "input_schema" -> input = optionalText();
        case "output_schema" -> output = optionalText();
        case "requires" -> requires = json.readStrings(List.of());
        case "estimated_time_ms" -> timeMs = json.readUnsignedLong();
        case "stateless" -> stateless = json.readBoolean();
        default -> json.skipValue();
      }
    }
    return new Tool(id, name, version, input, output, requires, timeMs, stateless);
  }

  private Limits limits() throws JsonException {
    long[] values = new long[6];
    json.beginObject();
    while (json.nextMember()) {
      int index =
          switch (json.nameText()) {
            case "max_concurrent_requests" -> 0;
            case "max_tokens_per_request" -> 1;
            case "rate_limit_rpm" -> 2;
            case "max_batch_size" -> 3;
            case "max_input_bytes" -> 4;
            case "max_output_bytes" -> 5;
            default -> -1;
          };
      if (index < 0) {
        json.skipValue();
      } else {
        values[index] = json.readUnsignedLong();
      }
    }
    return new Limits(values[0], values[1], values[2], values[3], values[4], values[5]);
  }

  /** Pairs of a name and a version. */
  private Map<String, String> versions() throws JsonException {
    Map<String, String> versions = new HashMap<>();
    each(
        () -> {
          List<String> pair = json.readStrings(List.of());
          if (pair.size() != 2) {
            throw new JsonException("expected a name and a version, found " + pair, 0);
          }
          versions.put(pair.get(0), pair.get(1));
        });
    return versions;
  }

  private interface Step {
    void run() throws JsonException;
  }

  private void each(Step element) throws JsonException {
    json.beginArray();
    while (json.nextElement()) {
      element.run();
    }
  }

  private long u16() throws JsonException {
    long value = json.readUnsignedLong();
    return Long.compareUnsigned(value, MAX_U16) > 0 ? MAX_U16 : value;
  }

  private String text() throws JsonException {
    return json.tryNull() ? "" : json.readUnicode();
  }

  private @Nullable String optionalText() throws JsonException {
    return json.tryNull() ? null : json.readUnicode();
  }
}
