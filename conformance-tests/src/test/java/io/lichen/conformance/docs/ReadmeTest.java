// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises is held against the code. */
class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("lichen.root", ".."));
  private static final Pattern EXAMPLE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  @Test
  void shouldCompileTheEmbeddingExamples(@TempDir Path output) throws IOException {
    List<String> examples =
        EXAMPLE.matcher(readme()).results().map(example -> example.group(1)).toList();
    assertEquals(2, examples.size(), "one for each wire");

    for (String example : examples) {
      StringWriter messages = new StringWriter();
      assertTrue(compile(example, output, messages), messages::toString);
    }
  }

  @Test
  void shouldNoticeAnExampleThatDoesNotCompile(@TempDir Path output) {
    StringWriter messages = new StringWriter();
    assertEquals(false, compile("MossNode.builder(1).noSuchThing();", output, messages));
    assertTrue(messages.toString().contains("error"), messages::toString);
  }

  @Test
  void shouldLinkOnlyToPagesThatExist() throws IOException {
    Matcher link = LINK.matcher(readme());
    while (link.find()) {
      assertTrue(Files.exists(ROOT.resolve(link.group(1))), "no such page: " + link.group(1));
    }
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  private static boolean compile(String statements, Path output, StringWriter messages) {
    String source =
        """
        import static java.nio.charset.StandardCharsets.UTF_8;
        import io.lichen.core.moss.MossNode;
        import io.lichen.core.net.NetNode;
        import io.lichen.transport.net.StreamOptions;
        import java.net.InetSocketAddress;
        import java.util.List;
        class Example {
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
