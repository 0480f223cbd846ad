// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import io.lichen.core.json.JsonException;
import java.util.List;

/**
 * Which scopes a search looks into (docs/wire/net-capabilities.md, "Scopes"). Immutable.
 *
 * @param kind which ones
 * @param names tenants or regions, not empty for those kinds, else empty
 */
public record ScopeFilter(Kind kind, List<String> names) {
  /** Nodes for everybody, for some tenants or for some regions; not those for their subnet. */
  public static final ScopeFilter ANY = new ScopeFilter(Kind.ANY, List.of());

  /** Nodes for everybody alone. */
  public static final ScopeFilter GLOBAL_ONLY = new ScopeFilter(Kind.GLOBAL_ONLY, List.of());

  /** Nodes of the same subnet; without subnets that is this node alone. */
  public static final ScopeFilter SAME_SUBNET = new ScopeFilter(Kind.SAME_SUBNET, List.of());

  /** What names are of. */
  public enum Kind {
    /** See {@link ScopeFilter#ANY}. */
    ANY,
    /** See {@link ScopeFilter#GLOBAL_ONLY}. */
    GLOBAL_ONLY,
    /** See {@link ScopeFilter#SAME_SUBNET}. */
    SAME_SUBNET,
    /** See {@link ScopeFilter#tenants}. */
    TENANTS,
    /** See {@link ScopeFilter#regions}. */
    REGIONS
  }

  /** Copies the names. */
  public ScopeFilter {
    names = List.copyOf(names);
    boolean isNamed = kind == Kind.TENANTS || kind == Kind.REGIONS;
    if (isNamed == names.isEmpty() || names.contains("")) {
      throw new IllegalArgumentException(
          "a scope of tenants or regions names some, another none, but " + kind + " has " + names);
    }
  }

  /** Nodes for everybody, and for one of these tenants. */
  public static ScopeFilter tenants(String... ids) {
    return new ScopeFilter(Kind.TENANTS, List.of(ids));
  }

  /** Nodes for everybody, and for one of these regions. */
  public static ScopeFilter regions(String... names) {
    return new ScopeFilter(Kind.REGIONS, List.of(names));
  }

  /**
   * Reads the JSON of the seed's calls, {@code {"kind":"tenant","tenant":"a"}} and so on.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static ScopeFilter fromJson(String json) {
    try {
      return FilterReader.scope(json);
    } catch (JsonException e) {
      throw new IllegalArgumentException("scope: " + e.getMessage(), e);
    }
  }

  /**
   * Whether a node is looked at.
   *
   * @param isSelf whether it is this one
   */
  boolean admits(CapabilityScope scope, boolean isSelf) {
    return switch (kind) {
      case ANY -> !scope.isSubnetLocal();
      case GLOBAL_ONLY -> scope.isGlobal();
      case SAME_SUBNET -> isSelf;
      case TENANTS ->
          scope.isGlobal()
              || (!scope.isSubnetLocal() && names.stream().anyMatch(scope.tenants()::contains));
      case REGIONS ->
          scope.isGlobal()
              || (!scope.isSubnetLocal() && names.stream().anyMatch(scope.regions()::contains));
    };
  }
}
