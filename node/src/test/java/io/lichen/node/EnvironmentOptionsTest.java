// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

class EnvironmentOptionsTest {
  /** What the launcher and the log's configuration read. */
  private static final Set<String> TAKEN = Set.of("LICHEN_JAVA_OPTS", "LICHEN_LOG");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node | LICHEN_MESH=grove | node,--mesh=grove",
        "node --era C | LICHEN_MESH=two words | node,--era,C,--mesh=two words",
        "node --mesh a | LICHEN_MESH=b | node,--mesh,a",
        "node --mesh=a | LICHEN_MESH=b | node,--mesh=a",
        "node | LICHEN_PEER= h:1  h:2 | node,--peer=h:1,--peer=h:2",
        "node --peer h:3 | LICHEN_PEER=h:1 | node,--peer,h:3",
        "node | LICHEN_KEY_STORE=/k | node,--key-store=/k",
        "node | LICHEN_JSON=true | node,--json",
        "node | LICHEN_JSON=0 | node",
        "node | LICHEN_JSON=maybe | node,--json=maybe",
        "node | LICHEN_MESH= | node",
        "node | LICHEN_BIND=h:1 | node",
        "node | LICHEN_HELP=true | node",
        "net | LICHEN_BIND=h:1 | net,--bind=h:1",
        "net --psk-file f | LICHEN_PSK=00 | net,--psk-file,f",
        "net --psk 00 | LICHEN_PSK_FILE=f | net,--psk,00",
        "net --psk 00 | LICHEN_IDENTITY=f | net,--psk,00,--identity=f",
        "keygen | LICHEN_MESH=m | keygen",
        "demo | LICHEN_JSON=true | demo",
      })
  void shouldAddWhatTheCommandLineLacks(String args, String variable, String expected) {
    String[] named = variable.split("=", 2);
    String[] given = args.split(" ");
    assertArrayEquals(
        expected.split(","),
        EnvironmentOptions.added(Main.commandLine(given), given, Map.of(named[0], named[1])));
  }

  @ParameterizedTest
  @ValueSource(strings = {"node", "net"})
  void shouldKnowOneVariableForEachOption(String command) {
    List<String> variables =
        optionsOf(command).stream().map(EnvironmentOptions::variableOf).toList();
    Set<String> different = new HashSet<>(variables);
    assertEquals(variables.size(), different.size(), variables::toString);
    assertTrue(variables.stream().allMatch(v -> v.matches("LICHEN_[A-Z_]+")), variables::toString);
    assertTrue(variables.stream().noneMatch(TAKEN::contains), variables::toString);
  }

  /** What containers and services set stands in one table of the node guide. */
  @ParameterizedTest
  @ValueSource(strings = {"node", "net"})
  void shouldBeDocumentedForEachOption(String command) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "node.md"));
    for (OptionSpec option : optionsOf(command)) {
      boolean help = option.usageHelp() || option.versionHelp();
      String variable = "`" + EnvironmentOptions.variableOf(option) + "`";
      assertTrue(help || page.contains(variable), variable + " is missing in docs/node.md");
    }
  }

  @Test
  void shouldRefuseWhatTheEnvironmentSaysAsIfItWereAnArgument() {
    String[] args = {"node", "--mesh", "m"};
    assertEquals(2, Main.execute(args, Map.of("LICHEN_ERA", "B")));
    assertEquals(2, Main.execute(args, Map.of("LICHEN_JSON", "maybe")));
  }

  private static List<OptionSpec> optionsOf(String command) {
    return Main.commandLine(command).getSubcommands().values().stream()
        .flatMap(line -> line.getCommandSpec().options().stream())
        .toList();
  }
}
