// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Fills the matrix of each wire from the results of tests, and prints them when the run ends. */
public final class MatrixExtension implements TestWatcher {
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
    if (String.valueOf(cause.getMessage()).endsWith(InMatrix.DOES_NOT_APPLY)) {
      return;
    }
    record(context, "skipped");
    if (context.getRequiredTestInstance() instanceof InMatrix test) {
      matrix(context, test).remark("skipped: " + cause.getMessage());
    }
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    record(context, "skipped");
  }

  /** Adds a line below the matrix of the test's wire. */
  public static void remark(ExtensionContext context, String text) {
    if (context.getRequiredTestInstance() instanceof InMatrix test) {
      matrix(context, test).remark(text);
    }
  }

  private static void record(ExtensionContext context, String mark) {
    Scenario scenario = context.getRequiredTestMethod().getAnnotation(Scenario.class);
    if (scenario != null && context.getRequiredTestInstance() instanceof InMatrix test) {
      matrix(context, test).record(scenario.value(), test.cell().toString(), mark);
    }
  }

  private static Matrix matrix(ExtensionContext context, InMatrix test) {
    ExtensionContext.Store store =
        context.getRoot().getStore(ExtensionContext.Namespace.create(MatrixExtension.class));
    return store
        .getOrComputeIfAbsent(KEY, key -> new Printed(new ConcurrentSkipListMap<>()), Printed.class)
        .matrices
        .computeIfAbsent(test.wire(), wire -> new Matrix());
  }

  /** Prints when JUnit closes the run. */
  private record Printed(Map<String, Matrix> matrices) implements AutoCloseable {
    @Override
    public void close() {
      matrices.forEach(Printed::print);
    }

    private static void print(String wire, Matrix matrix) {
      String text = matrix.toMarkdown();
      System.out.println("\nInterop matrix, " + wire + "\n\n" + text);
      try {
        Files.writeString(Path.of("target", "interop-matrix-" + wire + ".md"), text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
