// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {
      "lichen " + (version == null ? "(unpacked)" : version), "Java " + Runtime.version()
    };
  }
}
