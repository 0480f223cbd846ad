// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CompletionCommandTest {
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void shouldNameEveryCommandAndOption(String shell) {
    assertNamesAll(script(shell), Main.commandLine());
  }

  @Test
  void shouldWantAShellThatItKnows() {
    assertEquals(2, Main.execute(new String[] {"completion", "fish"}, Map.of()));
    assertEquals(2, Main.execute(new String[] {"completion"}, Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lichen no | node",
        "lichen ke | keygen",
        "lichen redex ver | verify",
        "lichen node --key | --key-store",
        "lichen net --psk-f | --psk-file",
        "lichen completion z | zsh",
      })
  void shouldCompleteInBash(String typed, String completed) throws Exception {
    assumeTrue(Files.isExecutable(BASH), "no bash");
    Path script = Files.writeString(folder.resolve("completion"), script("bash"));
    String ask =
        """
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        _complete_lichen 2>/dev/null # which is no place to set options of completions
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    ProcessBuilder bash =
        new ProcessBuilder(BASH.toString(), "--norc", "-c", ask, "bash", script.toString());
    bash.command().addAll(Arrays.asList(typed.split(" ")));
    Process process = bash.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(List.of(completed), said.lines().map(String::strip).toList());
    assertEquals(0, process.waitFor());
  }

  private static void assertNamesAll(String script, CommandLine line) {
    line.getCommandSpec()
        .optionsMap()
        .keySet()
        .forEach(option -> assertTrue(script.contains(option), option));
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              assertTrue(script.contains(name), name);
              assertNamesAll(script, command);
            });
  }

  private static String script(String shell) {
    StringWriter out = new StringWriter();
    int code =
        Main.commandLine("completion").setOut(new PrintWriter(out)).execute("completion", shell);
    assertEquals(0, code);
    return out.toString();
  }
}
