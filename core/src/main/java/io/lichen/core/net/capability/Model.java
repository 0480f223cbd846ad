// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import java.util.List;
import java.util.Set;

/**
 * A model that a node serves; 0 and empty where it does not say.
 *
 * @param id by which it is asked for
 * @param family of models
 * @param parametersBillionsTimes10 parameters in 10^8
 * @param contextLength in tokens
 * @param quantization how its numbers are stored
 * @param modalities some of {@link #MODALITIES}; others become {@code text}
 * @param tokensPerSecond that it makes
 * @param loaded whether it is in memory
 */
public record Model(
    String id,
    String family,
    long parametersBillionsTimes10,
    long contextLength,
    String quantization,
    List<String> modalities,
    long tokensPerSecond,
    boolean loaded) {
  /** What a model may take or make. */
  public static final Set<String> MODALITIES =
      Set.of("text", "image", "audio", "video", "code", "embedding", "tool_use");

  /** What every model can do. */
  public static final String TEXT = "text";

  /** Normalises the modalities. */
  public Model {
    modalities =
        modalities.stream().map(one -> MODALITIES.contains(one) ? one : TEXT).distinct().toList();
  }

  /** A model of which only the id is known, and that it is one of texts. */
  public static Model of(String id) {
    return new Model(id, "", 0, 0, "", List.of(TEXT), 0, false);
  }
}
