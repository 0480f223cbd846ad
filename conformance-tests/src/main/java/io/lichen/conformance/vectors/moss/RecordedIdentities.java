// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorFile;
import io.lichen.conformance.vectors.VectorFiles;
import io.lichen.crypto.identity.Identity;
import java.io.IOException;

/** The identities that vectors name by number; the vectors on identities have their keys. */
final class RecordedIdentities {
  private static final String NUMBER = "identity";

  private RecordedIdentities() {}

  /** The identity that a vector or its setup names. */
  static Identity of(JsonNode vector) throws IOException {
    return of(vector, NUMBER);
  }

  /** The identity that a vector names under this member. */
  static Identity of(JsonNode vector, String member) throws IOException {
    int number = vector.path(member).intValue();
    for (VectorFile file : VectorFiles.own(VectorFiles.MOSS)) {
      for (Vector known : file.vectors()) {
        if (known.format().equals(VectorFile.MESH)
            && known.kind().equals("identity")
            && known.inputs().path(NUMBER).intValue() == number) {
          return IdentityChecks.identity(known.inputs());
        }
      }
    }
    throw new IllegalArgumentException("no vector has the keys of identity " + number);
  }
}
