// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.redex;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lichen.node.BadInputException;
import io.lichen.node.Version;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Appends what stands on stdin. */
@Command(
    name = "append",
    description = {
      "Appends each line of stdin, and prints its sequence number.",
      "With --json a line is {\"data\":base64}. The log is made if it is missing."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class AppendCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private LogOptions log = new LogOptions();

  @Override
  public Integer call() throws IOException {
    try (Redex redex = Redex.open(log.directory());
        RedexFile file = redex.open(log.name(), RedexConfig.onDisk())) {
      BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      int number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        say(file.append(log.json() ? data(line, number) : line.getBytes(UTF_8)));
      }
    }
    return 0;
  }

  private void say(long seq) {
    System.out.println(
        log.json()
            ? JsonLines.line(to -> JsonLines.unsigned(to, "seq", seq))
            : Long.toUnsignedString(seq));
  }

  private static byte[] data(String line, int number) {
    try {
      JsonNode data = JSON.readTree(line).path("data");
      if (data.isTextual()) {
        return data.binaryValue();
      }
    } catch (IOException e) {
      throw bad(number, String.valueOf(e.getMessage()));
    }
    throw bad(number, "there is no text \"data\"");
  }

  private static BadInputException bad(int number, String why) {
    return new BadInputException("line " + number + " is not {\"data\":base64}: " + why);
  }
}
