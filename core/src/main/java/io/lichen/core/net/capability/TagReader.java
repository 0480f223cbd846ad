// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads from tags and metadata what a node has; the reverse of {@link TagWriter}. Whatever makes no
 * sense reads as not said.
 */
final class TagReader {
  private static final Pattern INDEXED = Pattern.compile("(model|tool)\\.([0-9]{1,10})\\.(.*)");
  private static final long MAX_INDEX = 0xFFFF_FFFFL;

  /** Values by axis and key; a tag without a value reads as an empty one. */
  private final Map<String, String> values = new HashMap<>();

  /** Of models and tools: values by field, by number, by kind. */
  private final Map<String, TreeMap<Long, Map<String, String>>> indexed = new HashMap<>();

  private final Map<String, String> metadata;

  TagReader(List<String> tags, Map<String, String> metadata) {
    this.metadata = metadata;
    for (String tag : tags) {
      AxisTag axis = AxisTag.parse(tag);
      if (axis != null) {
        add(axis);
      }
    }
  }

  Hardware hardware() {
    return new Hardware(
        number("hardware.cpu_cores"),
        number("hardware.cpu_threads"),
        number("hardware.memory_gb"),
        number("hardware.storage_gb"),
        number("hardware.network_gbps"),
        gpu(),
        limits());
  }

  Software software() {
    return new Software(
        text("software.os"),
        text("software.os_version"),
        text("software.cuda_version"),
        versions("software.runtime."),
        versions("software.framework."),
        versions("software.driver."));
  }

  List<Model> models() {
    return items("model").stream()
        .map(
            field ->
                new Model(
                    field.getOrDefault("id", ""),
                    field.getOrDefault("family", ""),
                    unsigned(field.get("parameters_b_x10")),
                    unsigned(field.get("context_length")),
                    field.getOrDefault("quantization", ""),
                    list(field.get("modalities")),
                    unsigned(field.get("tokens_per_sec")),
                    "true".equals(field.get("loaded"))))
        .toList();
  }

  List<Tool> tools() {
    return items("tool").stream().map(this::tool).toList();
  }

  private Tool tool(Map<String, String> field) {
    String id = field.getOrDefault("tool_id", "");
    return new Tool(
        id,
        field.getOrDefault("name", ""),
        field.getOrDefault("version", Tool.DEFAULT_VERSION),
        metadata.get("tool::" + id + "::input_schema"),
        metadata.get("tool::" + id + "::output_schema"),
        list(field.get("requires")),
        unsigned(field.get("estimated_time_ms")),
        !"false".equals(field.get("stateless")));
  }

  private @Nullable Gpu gpu() {
    boolean present =
        values.keySet().stream()
            .anyMatch(name -> name.equals("hardware.gpu") || name.startsWith("hardware.gpu."));
    return present
        ? new Gpu(
            text("hardware.gpu.vendor"),
            text("hardware.gpu.model"),
            number("hardware.gpu.vram_gb"),
            number("hardware.gpu.compute_units"),
            number("hardware.gpu.tensor_cores"),
            number("hardware.gpu.fp16_tflops_x10"))
        : null;
  }

  private Limits limits() {
    return new Limits(
        number("hardware.limits.max_concurrent_requests"),
        number("hardware.limits.max_tokens_per_request"),
        number("hardware.limits.rate_limit_rpm"),
        number("hardware.limits.max_batch_size"),
        number("hardware.limits.max_input_bytes"),
        number("hardware.limits.max_output_bytes"));
  }

  private void add(AxisTag tag) {
    String value = tag.value() == null ? "" : tag.value();
    var matcher = INDEXED.matcher(tag.key());
    if (tag.axis().equals(AxisTag.SOFTWARE) && matcher.matches()) {
      long index = Long.parseLong(matcher.group(2));
      if (index <= MAX_INDEX) {
        indexed
            .computeIfAbsent(matcher.group(1), unused -> new TreeMap<>())
            .computeIfAbsent(index, unused -> new HashMap<>())
            .put(matcher.group(3), value);
      }
    } else {
      values.put(tag.axis() + "." + tag.key(), value);
    }
  }

  private List<Map<String, String>> items(String kind) {
    TreeMap<Long, Map<String, String>> items = indexed.get(kind);
    return items == null ? List.of() : new ArrayList<>(items.values());
  }

  private Map<String, String> versions(String prefix) {
    Map<String, String> versions = new HashMap<>();
    values.forEach(
        (name, version) -> {
          if (name.startsWith(prefix)) {
            versions.put(name.substring(prefix.length()), version);
          }
        });
    return versions;
  }

  private String text(String name) {
    return values.getOrDefault(name, "");
  }

  private long number(String name) {
    return unsigned(values.get(name));
  }

  private static List<String> list(@Nullable String text) {
    return text == null || text.isEmpty() ? List.of() : List.of(text.split(",", -1));
  }

  private static long unsigned(@Nullable String text) {
    try {
      return text == null ? 0 : Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
