// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.wire;

import io.lichen.redex.replica.ReplicaRole;
import java.nio.ByteBuffer;

/**
 * A member says that it lives.
 *
 * @param logId the log
 * @param tailSeq the number that its next record gets
 * @param role its role
 * @param unixMs its clock, for people
 */
public record SyncHeartbeat(byte[] logId, long tailSeq, ReplicaRole role, long unixMs) {
  public static final int TYPE = 0x22;

  private static final int BYTES = 52;
  private static final ReplicaRole[] ROLES = ReplicaRole.values();

  /** The message. */
  public byte[] encode() {
    return SyncHeader.begin(TYPE, logId, BYTES)
        .putLong(tailSeq)
        .put((byte) role.code())
        .putLong(unixMs)
        .array();
  }

  /** Reads a message. */
  public static SyncHeartbeat decode(ByteBuffer message) throws SyncFault {
    ByteBuffer in = SyncHeader.open(message, TYPE, BYTES);
    byte[] logId = SyncHeader.logId(in);
    long tailSeq = in.getLong();
    int role = Byte.toUnsignedInt(in.get());
    if (role >= ROLES.length) {
      throw new SyncFault(SyncFault.Reason.BAD_ROLE, role, 0);
    }
    return new SyncHeartbeat(logId, tailSeq, ROLES[role], in.getLong());
  }
}
