// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Says in tags and metadata what a node has, as the natives do, so that filters of either find it
 * (docs/wire/net-capabilities.md, "Fields as tags").
 */
final class TagWriter {
  private final Collection<String> tags;
  private final Map<String, String> metadata;

  TagWriter(Collection<String> tags, Map<String, String> metadata) {
    this.tags = tags;
    this.metadata = metadata;
  }

  void hardware(Hardware has) {
    number("hardware.cpu_cores", has.cpuCores());
    number("hardware.cpu_threads", has.cpuThreads());
    number("hardware.memory_gb", has.memoryGb());
    number("hardware.storage_gb", has.storageGb());
    number("hardware.network_gbps", has.networkGbps());
    Gpu gpu = has.gpu();
    if (gpu != null) {
      gpu(gpu);
    }
    limits(has.limits());
  }

  void software(Software runs) {
    text("software.os", runs.os());
    text("software.os_version", runs.osVersion());
    text("software.cuda_version", runs.cudaVersion());
    versions("software.runtime.", runs.runtimes());
    versions("software.framework.", runs.frameworks());
    versions("software.driver.", runs.drivers());
  }

  void models(List<Model> models) {
    for (int i = 0; i < models.size(); i++) {
      model("software.model." + i + ".", models.get(i));
    }
  }

  void tools(List<Tool> tools) {
    for (int i = 0; i < tools.size(); i++) {
      tool("software.tool." + i + ".", tools.get(i));
    }
  }

  private void gpu(Gpu gpu) {
    tags.add("hardware.gpu");
    if (!gpu.vendor().equals(Gpu.UNKNOWN_VENDOR)) {
      text("hardware.gpu.vendor", gpu.vendor());
    }
    text("hardware.gpu.model", gpu.model());
    number("hardware.gpu.vram_gb", gpu.vramGb());
    number("hardware.gpu.compute_units", gpu.computeUnits());
    number("hardware.gpu.tensor_cores", gpu.tensorCores());
    number("hardware.gpu.fp16_tflops_x10", gpu.fp16TflopsTimes10());
  }

  private void limits(Limits limits) {
    number("hardware.limits.max_concurrent_requests", limits.maxConcurrentRequests());
    number("hardware.limits.max_tokens_per_request", limits.maxTokensPerRequest());
    number("hardware.limits.rate_limit_rpm", limits.rateLimitPerMinute());
    number("hardware.limits.max_batch_size", limits.maxBatchSize());
    number("hardware.limits.max_input_bytes", limits.maxInputBytes());
    number("hardware.limits.max_output_bytes", limits.maxOutputBytes());
  }

  private void model(String prefix, Model model) {
    text(prefix + "id", model.id());
    text(prefix + "family", model.family());
    number(prefix + "parameters_b_x10", model.parametersBillionsTimes10());
    number(prefix + "context_length", model.contextLength());
    text(prefix + "quantization", model.quantization());
    text(prefix + "modalities", String.join(",", model.modalities()));
    number(prefix + "tokens_per_sec", model.tokensPerSecond());
    if (model.loaded()) {
      text(prefix + "loaded", "true");
    }
  }

  private void tool(String prefix, Tool tool) {
    text(prefix + "tool_id", tool.id());
    text(prefix + "name", tool.name());
    text(prefix + "version", tool.version());
    text(prefix + "requires", String.join(",", tool.requires()));
    number(prefix + "estimated_time_ms", tool.estimatedTimeMs());
    text(prefix + "stateless", Boolean.toString(tool.stateless()));
    if (tool.inputSchema() != null) {
      metadata.put("tool::" + tool.id() + "::input_schema", tool.inputSchema());
    }
    if (tool.outputSchema() != null) {
      metadata.put("tool::" + tool.id() + "::output_schema", tool.outputSchema());
    }
  }

  private void versions(String prefix, Map<String, String> versions) {
    versions.forEach(
        (name, version) -> {
          if (!name.isEmpty() && name.chars().noneMatch(c -> "=:.".indexOf(c) >= 0)) {
            tags.add(prefix + name + "=" + version);
          }
        });
  }

  private void number(String name, long value) {
    if (value != 0) {
      tags.add(name + "=" + Long.toUnsignedString(value));
    }
  }

  private void text(String name, String value) {
    if (!value.isEmpty()) {
      tags.add(name + "=" + value);
    }
  }
}
