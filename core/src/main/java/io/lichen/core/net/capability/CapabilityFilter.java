// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import io.lichen.core.json.JsonException;
import io.lichen.core.json.JsonReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node must have to be found; nothing asked for finds all. Immutable.
 *
 * @param tags all of these, each exactly
 * @param models one of these at least, by id
 * @param tools one of these at least, by id
 * @param minMemoryGb so much memory in GiB
 * @param needsGpu a GPU; implied by vendor and memory of one
 * @param gpuVendor of this vendor; {@code null} for any
 * @param minVramGb so much memory of the GPU in GiB
 * @param minContextLength a model that takes so many tokens
 * @param modalities for each of them a model that has it
 */
public record CapabilityFilter(
    List<String> tags,
    List<String> models,
    List<String> tools,
    long minMemoryGb,
    boolean needsGpu,
    @Nullable String gpuVendor,
    long minVramGb,
    long minContextLength,
    List<String> modalities) {
  /** Everything. */
  public static final CapabilityFilter ALL =
      new CapabilityFilter(List.of(), List.of(), List.of(), 0, false, null, 0, 0, List.of());

  /** Copies the lists. */
  public CapabilityFilter {
    tags = List.copyOf(tags);
    models = List.copyOf(models);
    tools = List.copyOf(tools);
    modalities = List.copyOf(modalities);
    gpuVendor = gpuVendor == null ? null : Gpu.normalizeVendor(gpuVendor);
    needsGpu = needsGpu || gpuVendor != null || minVramGb > 0;
  }

  /** All of these tags. */
  public static CapabilityFilter ofTags(String... tags) {
    return new CapabilityFilter(
        List.of(tags), List.of(), List.of(), 0, false, null, 0, 0, List.of());
  }

  /**
   * Reads the JSON of the seed's find call: {@code require_tags}, {@code require_models}, {@code
   * require_tools}, {@code min_memory_gb}, {@code require_gpu}, {@code gpu_vendor}, {@code
   * min_vram_gb}, {@code min_context_length}, {@code require_modalities}, all optional. Unknown
   * members and unknown modalities are ignored.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static CapabilityFilter fromJson(String json) {
    try {
      return FilterReader.filter(json);
    } catch (JsonException e) {
      throw new IllegalArgumentException("filter: " + e.getMessage(), e);
    }
  }

  /**
   * Reads {@link #fromJson} where it stands inside other JSON.
   *
   * @throws JsonException if it is not that
   */
  @SuppressWarnings("exports") // for other readers of this module
  public static CapabilityFilter read(JsonReader json) throws JsonException {
    return FilterReader.filter(json);
  }

  /** Whether these capabilities have all that is asked for. */
  public boolean matches(CapabilitySet has) {
    return has.tags().tags().containsAll(tags)
        && matchesHardware(has.hardware())
        && matchesModels(has.models())
        && (tools.isEmpty() || has.tools().stream().anyMatch(tool -> tools.contains(tool.id())));
  }

  private boolean matchesHardware(Hardware has) {
    Gpu gpu = has.gpu();
    return has.memoryGb() >= minMemoryGb
        && (!needsGpu
            || (gpu != null
                && gpu.vramGb() >= minVramGb
                && (gpuVendor == null || gpuVendor.equals(gpu.vendor()))));
  }

  private boolean matchesModels(List<Model> has) {
    return (models.isEmpty() || has.stream().anyMatch(model -> models.contains(model.id())))
        && (minContextLength == 0
            || has.stream().anyMatch(model -> model.contextLength() >= minContextLength))
        && modalities.stream()
            .allMatch(wanted -> has.stream().anyMatch(m -> m.modalities().contains(wanted)));
  }
}
