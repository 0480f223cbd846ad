// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.crypto.identity.FileKeyStore;
import io.lichen.crypto.identity.Identity;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an identity. */
@Command(
    name = "keygen",
    description = "Makes a new identity, keeps it in FILE and prints its public key (the peer id).",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class KeygenCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = "lichen.key",
      description = "Where the identity goes; must not exist. Default: ${DEFAULT-VALUE}")
  @SuppressWarnings("NullAway.Init") // picocli sets it.
  private Path file;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it.
  private CommandSpec spec;

  @Override
  public Integer call() {
    Identity identity = Identity.generate(new SecureRandom());
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        || !new FileKeyStore(file).saveNew(identity.encode())) {
      throw new BadInputException(file + " exists; a key is never overwritten");
    }
    spec.commandLine().getOut().println(identity.peerId());
    return 0;
  }
}
