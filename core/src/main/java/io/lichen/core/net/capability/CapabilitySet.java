// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import io.lichen.core.json.JsonException;
import io.lichen.core.net.wire.CapabilityTags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a node has: its machine, what it runs, models and tools, free tags and metadata. All of it
 * crosses the wire as tags and metadata; this class shows either side. Immutable.
 */
public final class CapabilitySet {
  /** Nothing. */
  public static final CapabilitySet EMPTY = new CapabilitySet(CapabilityTags.EMPTY);

  private final CapabilityTags tags;
  private final TagReader reader;

  private CapabilitySet(CapabilityTags tags) {
    this.tags = tags;
    this.reader = new TagReader(tags.tags(), tags.metadata());
  }

  /** What tags and metadata say. */
  @SuppressWarnings("exports") // the octets are the node's own affair
  public static CapabilitySet of(CapabilityTags tags) {
    return new CapabilitySet(tags);
  }

  /** An empty one to be filled. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads the JSON of the seed's announce call: {@code hardware}, {@code software}, {@code models},
   * {@code tools}, {@code tags}, {@code limits}, all optional. Reserved tags other than scopes,
   * unknown members and unknown modalities are ignored (docs/wire/net-capabilities.md, "What an
   * application announces").
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static CapabilitySet fromJson(String json) {
    try {
      return new CapabilitySetReader(json).read();
    } catch (JsonException e) {
      throw new IllegalArgumentException("capabilities: " + e.getMessage(), e);
    }
  }

  /** All tags and metadata, sorted. */
  @SuppressWarnings("exports") // the octets are the node's own affair
  public CapabilityTags tags() {
    return tags;
  }

  /** All tags, sorted, as they cross the wire: {@code hardware.memory_gb=128}. */
  public List<String> tagTexts() {
    return tags.tags();
  }

  /** Whether it has exactly this tag. */
  public boolean hasTag(String tag) {
    return tags.tags().contains(tag);
  }

  /** The machine. */
  public Hardware hardware() {
    return reader.hardware();
  }

  /** What it runs. */
  public Software software() {
    return reader.software();
  }

  /** The models that it serves. */
  public List<Model> models() {
    return reader.models();
  }

  /** The tools that it offers. */
  public List<Tool> tools() {
    return reader.tools();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CapabilitySet that && tags.equals(that.tags);
  }

  @Override
  public int hashCode() {
    return tags.hashCode();
  }

  @Override
  public String toString() {
    return tags.toString();
  }

  /** Fills a set. Not thread-safe. */
  public static final class Builder {
    private final TreeSet<String> tags = new TreeSet<>();
    private final Map<String, String> metadata = new HashMap<>();
    private final List<Model> models = new ArrayList<>();
    private final List<Tool> tools = new ArrayList<>();
    private Hardware hardware = Hardware.NONE;
    private Software software = Software.NONE;

    private Builder() {}

    /** The machine. */
    public Builder hardware(Hardware value) {
      hardware = value;
      return this;
    }

    /** What it runs. */
    public Builder software(Software value) {
      software = value;
      return this;
    }

    /** One more model that it serves. */
    public Builder model(Model model) {
      models.add(model);
      return this;
    }

    /** One more tool that it offers. */
    public Builder tool(Tool tool) {
      tools.add(tool);
      return this;
    }

    /**
     * A tag of the application's own.
     *
     * @throws IllegalArgumentException if it is empty or begins like one that nodes make themselves
     */
    public Builder tag(String tag) {
      if (tag.isEmpty() || AxisTag.isReserved(tag)) {
        throw new IllegalArgumentException(
            "a tag is not empty and begins neither with causal:, dataforts:, fork-of:, heat: nor"
                + " scope:, but this one is \""
                + tag
                + "\"");
      }
      tags.add(tag);
      return this;
    }

    /** Only filters for this tenant find the node; of several tenants each does. */
    public Builder tenant(String id) {
      return scope(CapabilityScope.TENANT, id);
    }

    /** Only filters for this region find the node; of several regions each does. */
    public Builder region(String name) {
      return scope(CapabilityScope.REGION, name);
    }

    /** Only filters for the same subnet find the node. */
    public Builder subnetLocal() {
      tags.add(CapabilityScope.SUBNET_LOCAL);
      return this;
    }

    /** A text under a key. */
    public Builder metadata(String key, String value) {
      metadata.put(key, value);
      return this;
    }

    /** The set. */
    public CapabilitySet build() {
      List<String> all = new ArrayList<>(tags);
      Map<String, String> texts = new HashMap<>(metadata);
      TagWriter writer = new TagWriter(all, texts);
      writer.hardware(hardware);
      writer.software(software);
      writer.models(models);
      writer.tools(tools);
      return new CapabilitySet(CapabilityTags.of(all, texts));
    }

    private Builder scope(String prefix, String name) {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("a scope has a name: " + prefix + "<name>");
      }
      tags.add(prefix + name);
      return this;
    }
  }
}
