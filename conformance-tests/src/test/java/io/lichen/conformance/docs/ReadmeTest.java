// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README and the guides promise is held against the code. */
class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("lichen.root", ".."));
  private static final Pattern EXAMPLE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

  @Test
  void shouldCompileTheEmbeddingExamples(@TempDir Path output) throws IOException {
    List<String> examples = examples("README.md");
    assertEquals(2, examples.size(), "one for each wire");
    assertCompile(examples, output);
  }

  /** But what needs Spring, which is nowhere here. */
  @Test
  void shouldCompileTheExamplesOfTheEmbeddingGuide(@TempDir Path output) throws IOException {
    List<String> examples = new ArrayList<>(examples("docs/embedding.md"));
    assertTrue(examples.removeIf(example -> example.contains("@Bean")));
    assertEquals(4, examples.size(), "a node of each wire, metrics, gateway");
    assertCompile(examples, output);
  }

  @Test
  void shouldNoticeAnExampleThatDoesNotCompile(@TempDir Path output) {
    StringWriter messages = new StringWriter();
    assertEquals(false, compile("MossNode.builder(1).noSuchThing();", output, messages));
    assertTrue(messages.toString().contains("error"), messages::toString);
  }

  private static String page(String name) throws IOException {
    return Files.readString(ROOT.resolve(name));
  }

  private static List<String> examples(String page) throws IOException {
    return EXAMPLE.matcher(page(page)).results().map(example -> example.group(1)).toList();
  }

  private static void assertCompile(List<String> examples, Path output) {
    for (String example : examples) {
      StringWriter messages = new StringWriter();
      assertTrue(compile(example, output, messages), messages::toString);
    }
  }

  private static boolean compile(String statements, Path output, StringWriter messages) {
    String source =
        """
        import static java.nio.charset.StandardCharsets.UTF_8;
        import io.lichen.core.moss.*;
        import io.lichen.core.net.*;
        import io.lichen.crypto.identity.FileKeyStore;
        import io.lichen.gateway.api.Gateway;
        import io.lichen.transport.net.StreamOptions;
        import io.micrometer.core.instrument.MeterRegistry;
        import java.net.InetSocketAddress;
        import java.nio.file.Path;
        import java.util.List;
        import java.util.concurrent.Flow;
        class Example {
          MossNode node;
          MeterRegistry registry;
          Flow.Subscriber<NetEvent> subscriber;
          void run(byte[] psk, InetSocketAddress peerAddress, byte[] peerPublicKey, long peerNodeId)
              throws Exception {
        %s
          }
        }
        """
            .formatted(statements);
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of("-cp", System.getProperty("java.class.path"), "-d", output.toString());
    return compiler.getTask(messages, null, null, options, null, List.of(file)).call();
  }
}
