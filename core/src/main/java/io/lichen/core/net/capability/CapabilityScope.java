// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * For whom a node's tags say that it is (docs/wire/net-capabilities.md, "Scopes").
 *
 * @param isSubnetLocal only for its own subnet, whatever else it says
 * @param tenants only for these, if there are any
 * @param regions only for these, if there are any
 */
record CapabilityScope(boolean isSubnetLocal, Set<String> tenants, Set<String> regions) {
  static final String TENANT = "scope:tenant:";
  static final String REGION = "scope:region:";
  static final String SUBNET_LOCAL = "scope:subnet-local";

  static CapabilityScope of(List<String> tags) {
    return new CapabilityScope(
        tags.contains(SUBNET_LOCAL), named(tags, TENANT), named(tags, REGION));
  }

  boolean isGlobal() {
    return !isSubnetLocal && tenants.isEmpty() && regions.isEmpty();
  }

  private static Set<String> named(List<String> tags, String prefix) {
    Set<String> names = new HashSet<>();
    for (String tag : tags) {
      if (tag.startsWith(prefix) && tag.length() > prefix.length()) {
        names.add(tag.substring(prefix.length()));
      }
    }
    return names;
  }
}
