// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

/**
 * What became of a publish at the moment it was accepted.
 *
 * @param messageId the id under which the mesh knows it, 64 hex characters
 * @param peers how many connected peers it is being sent to directly
 */
public record PublishReceipt(String messageId, int peers) {}
