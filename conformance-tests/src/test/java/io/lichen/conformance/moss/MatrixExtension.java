// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Fills the matrix from the results of tests, and prints it when the run ends. */
final class MatrixExtension implements TestWatcher {
  private static final String KEY = "matrix";

  @Override
  public void testSuccessful(ExtensionContext context) {
    record(context, "ok");
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    record(context, "FAILED");
  }

  @Override
  public void testAborted(ExtensionContext context, Throwable cause) {
    if (String.valueOf(cause.getMessage()).endsWith(PairScenario.NOT_OF_THIS_ERA)) {
      return;
    }
    record(context, "skipped");
    matrix(context).remark("skipped: " + cause.getMessage());
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    record(context, "skipped");
  }

  private static void record(ExtensionContext context, String mark) {
    Scenario scenario = context.getRequiredTestMethod().getAnnotation(Scenario.class);
    if (scenario != null && context.getRequiredTestInstance() instanceof InMatrix test) {
      matrix(context).record(scenario.value(), test.cell().toString(), mark);
    }
  }

  private static Matrix matrix(ExtensionContext context) {
    ExtensionContext.Store store =
        context.getRoot().getStore(ExtensionContext.Namespace.create(MatrixExtension.class));
    return store.getOrComputeIfAbsent(KEY, key -> new Printed(new Matrix()), Printed.class).matrix;
  }

  /** Prints when JUnit closes the run. */
  private record Printed(Matrix matrix) implements AutoCloseable {
    @Override
    public void close() {
      String text = matrix.toMarkdown();
      System.out.println("\nInterop matrix\n\n" + text);
      try {
        Files.writeString(Path.of("target", "interop-matrix.md"), text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
