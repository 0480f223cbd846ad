// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.identity.FileKeyStore;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.wait.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

class CommandLineTest {
  private static final int BAD_INPUT = 2;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "node",
        "net",
        "demo",
        "keygen",
        "redex",
        "redex cat",
        "nat",
        "warm",
        "completion"
      })
  void shouldHelpEverywhere(String command) {
    String line = command + " --help";
    assertEquals(0, run(line.strip().split(" ")));
    assertTrue(out.toString().startsWith("Usage: lichen"), out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void shouldKnowEachCommandByItselfUnderTheNameThatItGivesItself() {
    Set<String> names = Main.commandLine().getSubcommands().keySet();
    for (String name : names) {
      CommandLine line = Main.commandLine(name, "--help");
      assertEquals(Set.of(name), line.getSubcommands().keySet());
      for (CommandLine command : line.getSubcommands().values()) {
        Command named = command.getCommand().getClass().getAnnotation(Command.class);
        assertEquals(name, named.name());
      }
    }
    assertEquals(names, Main.commandLine("dance").getSubcommands().keySet());
  }

  @Test
  void shouldTellItsVersion() {
    assertEquals(0, run("--version"));
    assertTrue(out.toString().contains("lichen ") && out.toString().contains("Java 2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dance | 'dance'",
        "node | '--mesh=ID'",
        "node --mesh m --era B | --era",
        "node --mesh m --listen 127.0.0.1 | HOST:PORT",
        "node --mesh m --listen 127.0.0.1:65536 | HOST:PORT",
        "node --mesh m --listen 127.0.0.1:-1 | HOST:PORT",
        "node --mesh m --listen ::1:80 | HOST:PORT",
        "node --mesh m --peer nowhere | --peer",
        "node --mesh m --peer udp://h:0 | --peer",
        "node --mesh m --psk-file /no/such/file | no such file",
        "node --mesh m --config /no/such/file | no such file",
        "node --mesh m --nonsense | --nonsense",
        "node --mesh m --http 8080 | HOST:PORT",
        "node --mesh m --http :8080 | 127.0.0.1:8080",
        "node --mesh m --http 0.0.0.0:8080 | --http-token-file",
        "node --mesh m --http-token-file f | --http HOST:PORT",
        "node --mesh m --http 127.0.0.1:0 --http-token-file /no/such/file | no such file",
        "demo --http much | --http",
        "net --psk 00 | '--bind=HOST:PORT'",
        "net --bind 127.0.0.1:0 | --psk",
        "net --bind 127.0.0.1:0 --psk 00 | 64 of hex",
        "net --bind 127.0.0.1:0 --psk 00 --psk-file f | mutually exclusive",
        "net --bind 127.0.0.1:0 --psk-file /no/such/file | no such file",
        "nat --stun nowhere | --stun",
        "nat --stun h:0 | HOST:PORT",
        "nat --stun h:1 --no-stun | exclude each other",
        "nat --timeout-ms 0 | --timeout-ms",
        "warm | ./lichen warm",
      })
  void shouldNameBadArgumentsInOneLineAndExitWith2(String line, String named) {
    assertEquals(BAD_INPUT, run(line.split(" ")));
    String first = err.toString().lines().findFirst().orElse("");
    assertTrue(first.startsWith("lichen") && first.contains(named), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void shouldNameAnUnknownConfigurationKeyWithTheOneThatWasMeant() throws IOException {
    Path config = Files.writeString(folder.resolve("c.json"), "{\"max_pears\":3}");
    assertEquals(BAD_INPUT, run("node", "--mesh", "m", "--config", config.toString()));
    assertTrue(err.toString().contains("max_pears"), err.toString());
    assertTrue(err.toString().contains("max_peers"), err.toString());
  }

  @Test
  void shouldRefuseAPskFileOfAnotherLength() throws IOException {
    Path psk = Files.write(folder.resolve("psk"), new byte[31]);
    assertEquals(BAD_INPUT, run("node", "--mesh", "m", "--psk-file", psk.toString()));
    assertTrue(err.toString().contains("32 raw bytes"), err.toString());
  }

  @Test
  void shouldRefuseAKeyStoreThatHoldsNoIdentityAndLeaveItAlone() throws IOException {
    Path keys = Files.writeString(folder.resolve("keys"), "precious");
    assertEquals(BAD_INPUT, run("node", "--mesh", "m", "--key-store", keys.toString()));
    assertEquals("precious", Files.readString(keys));
  }

  @Test
  void shouldMakeAKeyAndPrintItsPublicHalf() {
    Path keys = folder.resolve("new.key");
    assertEquals(0, run("keygen", keys.toString()));
    byte[] blob = new FileKeyStore(keys).load().orElseThrow();
    assertEquals(Identity.decode(blob).peerId().hex(), out.toString().strip());
  }

  @Test
  void shouldNeverOverwriteAKey() throws IOException {
    Path keys = Files.writeString(folder.resolve("old.key"), "precious");
    assertEquals(BAD_INPUT, run("keygen", keys.toString()));
    assertEquals("precious", Files.readString(keys));
  }

  @Test
  void shouldShowADemoInWhichEverythingArrives() {
    assertEquals(0, run("demo"), () -> out + "\n" + err);
    assertTrue(out.toString().contains("Every message arrived exactly once."), out.toString());
    assertTrue(out.toString().contains("600 received, 0 missing, 0 twice"), out.toString());
  }

  @Test
  void shouldShowDashboardsUntilTheDemoIsEnded() throws Exception {
    AtomicInteger exitCode = new AtomicInteger(-1);
    Thread demo = Thread.ofPlatform().start(() -> exitCode.set(run("demo", "--http", "0")));
    Await.until(() -> out.toString().contains("tell each other of the weather"));
    Matcher url =
        Pattern.compile("Dashboard at (http://127\\.0\\.0\\.1:\\d+/)").matcher(out.toString());
    assertTrue(url.find(), out.toString());
    assertTrue(fetch(url.group(1) + "v1/channels").contains("weather"));
    assertTrue(url.find(), "of two nodes");
    demo.interrupt();
    demo.join();
    assertEquals(0, exitCode.get(), () -> out + "\n" + err);
  }

  @Test
  void shouldSayWhichTokenFileHoldsNone() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "\n");
    assertEquals(
        BAD_INPUT,
        run("node", "--mesh", "m", "--http", "0.0.0.0:0", "--http-token-file", file.toString()));
    assertTrue(err.toString().contains(file + " holds no token"), err.toString());
  }

  @Test
  void shouldHaveEveryCommandAndOptionOnThePageOfTheCommandLine() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "cli.md"));
    List<String> checked = new ArrayList<>();
    for (String name : List.of("node", "net", "nat", "redex", "demo", "keygen", "warm")) {
      CommandLine command =
          Objects.requireNonNull(Main.commandLine(name).getSubcommands().get(name));
      assertTrue(page.contains("| `" + name), name);
      Stream.concat(Stream.of(command), command.getSubcommands().values().stream())
          .flatMap(each -> each.getCommandSpec().options().stream())
          .map(OptionSpec::longestName)
          .filter(option -> !Set.of("--help", "--version").contains(option))
          .forEach(checked::add);
    }
    assertTrue(checked.size() > 40, checked::toString);
    assertEquals(List.of(), checked.stream().filter(o -> !isNamed(page, o)).toList());
  }

  private static boolean isNamed(String page, String option) {
    return Pattern.compile("[`\\[]" + option + "[`\\] ]").matcher(page).find();
  }

  private static String fetch(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
          .body();
    }
  }

  private int run(String... args) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return commandLine.execute(args);
  }
}
