// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.transport.moss.Era;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says about a node. What it leaves open stays as the configuration has it.
 *
 * @param meshId mesh (era A) or room (era C)
 * @param era generation of the wire
 * @param listen where to bind
 * @param peers {@code [udp://]host:port} of peers to dial and to redial
 * @param configJson the configuration file's text, empty for none
 * @param psk 32 bytes
 * @param keyStore where the identity is kept; {@code null} for a fresh identity
 */
record NodeSettings(
    String meshId,
    @Nullable Era era,
    @Nullable HostPort listen,
    List<String> peers,
    String configJson,
    byte @Nullable [] psk,
    @Nullable Path keyStore) {}
