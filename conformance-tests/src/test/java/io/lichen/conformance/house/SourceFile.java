// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A Java source as the compiler's parser sees it.
 *
 * @param path relative to the project's root
 * @param lines how long it is
 * @param methods its methods
 * @param selections everything of the form {@code a.b}
 */
record SourceFile(Path path, long lines, List<Part> methods, List<Part> selections) {
  /**
   * A piece of a source.
   *
   * @param text the method's name, or the selection
   * @param line where it begins
   * @param lines how long it is
   */
  record Part(String text, long line, long lines) {}

  /** Whether this is a test or helps one. */
  boolean isTest() {
    return path.toString().replace('\\', '/').contains("/src/test/");
  }

  /** Whether it belongs to a module. */
  boolean isIn(String module) {
    return path.startsWith(module);
  }

  /** Parses all of them. */
  static List<SourceFile> parse(Path root, List<Path> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      List<SourceFile> sources = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        sources.add(read(root, unit, positions));
      }
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SourceFile read(Path root, CompilationUnitTree unit, SourcePositions positions) {
    LineMap lineMap = unit.getLineMap();
    List<Part> methods = new ArrayList<>();
    List<Part> selections = new ArrayList<>();
    new Visitor(
            (method, tree) -> {
              long start = lineMap.getLineNumber(positions.getStartPosition(unit, tree));
              long end = lineMap.getLineNumber(positions.getEndPosition(unit, tree));
              methods.add(new Part(method, start, end - start + 1));
            },
            (selection, tree) -> {
              long start = lineMap.getLineNumber(positions.getStartPosition(unit, tree));
              selections.add(new Part(selection, start, 1));
            })
        .scan(unit, null);
    long lines = lineMap.getLineNumber(positions.getEndPosition(unit, unit));
    return new SourceFile(
        root.relativize(Path.of(unit.getSourceFile().toUri())), lines, methods, selections);
  }

  /** Calls back for what the rules look at. */
  private static final class Visitor extends TreeScanner<Void, Void> {
    private final BiConsumer<String, MethodTree> onMethod;
    private final BiConsumer<String, MemberSelectTree> onSelection;

    Visitor(
        BiConsumer<String, MethodTree> onMethod, BiConsumer<String, MemberSelectTree> onSelection) {
      this.onMethod = onMethod;
      this.onSelection = onSelection;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      // A record's canonical constructor and the like have no source of their own.
      if (method.getBody() != null) {
        onMethod.accept(method.getName().toString(), method);
      }
      return super.visitMethod(method, null);
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree selection, Void nothing) {
      onSelection.accept(selection.toString(), selection);
      return super.visitMemberSelect(selection, null);
    }
  }
}
