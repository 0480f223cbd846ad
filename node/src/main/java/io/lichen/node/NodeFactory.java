// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.core.moss.MossConfig;
import io.lichen.core.moss.MossNode;
import io.lichen.core.moss.MossNodeBuilder;
import io.lichen.crypto.identity.FileKeyStore;

/** Makes the node that a command line describes. */
final class NodeFactory {
  private NodeFactory() {}

  /**
   * The node, not started.
   *
   * @throws io.lichen.core.moss.MossException if a setting is refused; keys of the configuration
   *     that nobody knows are
   */
  static MossNode create(NodeSettings settings) {
    MossNodeBuilder builder =
        MossNode.builder(settings.meshId()).config(MossConfig.parseStrict(settings.configJson()));
    if (settings.era() != null) {
      builder.era(settings.era());
    }
    if (settings.listen() != null) {
      builder.listen(settings.listen().host(), settings.listen().port());
    }
    if (settings.psk() != null) {
      builder.psk(settings.psk());
    }
    if (settings.keyStore() != null) {
      builder.keyStore(new FileKeyStore(settings.keyStore()));
    }
    settings.peers().forEach(builder::staticPeer);
    return builder.build();
  }
}
