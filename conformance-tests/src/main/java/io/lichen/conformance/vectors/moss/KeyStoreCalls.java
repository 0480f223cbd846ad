// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossNode;
import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.KeyStore;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of a node whose key store holds this or that. */
final class KeyStoreCalls {
  private static final int PUBLIC_KEY_OFFSET = 33;
  private static final int TOO_LONG = 130;

  /** Answers with what it was given, and counts what is saved. */
  private static final class Store implements KeyStore {
    private final Optional<byte[]> content;
    private int saves;
    private byte[] saved = new byte[0];

    Store(Optional<byte[]> content) {
      this.content = content;
    }

    @Override
    public Optional<byte[]> load() {
      return content;
    }

    @Override
    public void save(byte[] blob) {
      saves++;
      saved = blob.clone();
    }
  }

  private final Nodes nodes;

  /** What the first node saved. */
  private byte @Nullable [] blob;

  KeyStoreCalls(Nodes nodes) {
    this.nodes = nodes;
  }

  void call(String call, ObjectNode row) {
    Optional<byte[]> kept = Optional.ofNullable(blob);
    Store store = new Store(content(call, kept.orElseGet(() -> new byte[0])));
    PeerId id = null;
    try {
      MossNode node = nodes.keep(nodes.builder("m", 0).keyStore(store));
      id = node.id();
      row.put("result", "ok");
    } catch (MossException e) {
      row.put("result", e.error().code());
    }
    row.put("saved", store.saves).put("saved_length", store.saved.length);
    if (id == null || kept.isEmpty()) {
      row.putNull("key_equals_blob");
    } else {
      row.put("key_equals_blob", id.equals(PeerId.of(publicKey(kept.get()))));
    }
    if (blob == null) {
      blob = store.saved;
    }
  }

  /** A Java store hands out one array, so size and content cannot contradict each other. */
  private static Optional<byte[]> content(String call, byte[] kept) {
    return switch (call) {
      case "Init with empty store", "Init with reported size 129, read returns 0" ->
          Optional.empty();
      case "Init with the saved blob" -> Optional.of(kept);
      case "Init with blob with version byte 2" -> {
        byte[] other = kept.clone();
        other[0] = 2;
        yield Optional.of(other);
      }
      case "Init with 128 bytes" -> Optional.of(Arrays.copyOf(kept, 128));
      case "Init with reported size 64, read returns 64" -> Optional.of(Arrays.copyOf(kept, 64));
      case "Init with reported size 130", "Init with reported size 129, read returns 130" ->
          Optional.of(Arrays.copyOf(kept, TOO_LONG));
      default -> throw new IllegalArgumentException(call);
    };
  }

  private static byte[] publicKey(byte[] blob) {
    return Arrays.copyOfRange(blob, PUBLIC_KEY_OFFSET, PUBLIC_KEY_OFFSET + PeerId.BYTES);
  }
}
