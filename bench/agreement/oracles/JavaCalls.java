import com.sun.source.tree.*;
import com.sun.source.util.*;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.tree.JCTree;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
import javax.lang.model.element.*;
import javax.tools.*;

/**
 * Prints where each call of a folder's Java files leads, as javac resolves it:
 * {@code use <file> <line> <column> <end column> <symbol>} and {@code def <symbol> <file> <line> <column>}, tab-separated,
 * 1-based, columns in UTF-16 units. What is not on the path (dependencies) stays unresolved.
 */
public final class JavaCalls {
  private static final PrintStream OUT = new PrintStream(new BufferedOutputStream(System.out, 1 << 16), false, StandardCharsets.UTF_8);
  private static final Set<String> TOLD = new HashSet<>();

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]).toRealPath();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(p -> p.toString().endsWith(".java") && !p.endsWith("module-info.java")).sorted().toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(d -> {}, null, StandardCharsets.UTF_8)) {
      JavacTask task = (JavacTask) compiler.getTask(Writer.nullWriter(), manager, d -> {},
          List.of("-proc:none", "-Xmaxerrs", "1000000", "-XDshould-stop.ifError=FLOW", "-implicit:none"), null, manager.getJavaFileObjectsFromPaths(files));
      Trees trees = Trees.instance(task);
      List<CompilationUnitTree> units = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) units.add(unit);
      task.analyze();
      for (CompilationUnitTree unit : units) new Visitor(trees, unit, root).scan(unit, null);
    }
    OUT.flush();
  }

  private static final class Visitor extends TreePathScanner<Void, Void> {
    private final Trees trees;
    private final CompilationUnitTree unit;
    private final Path root;
    private final SourcePositions positions;

    Visitor(Trees trees, CompilationUnitTree unit, Path root) {
      this.trees = trees;
      this.unit = unit;
      this.root = root;
      this.positions = trees.getSourcePositions();
    }

    @Override public Void visitMethodInvocation(MethodInvocationTree node, Void nothing) {
      ExpressionTree select = node.getMethodSelect();
      use(select, new TreePath(getCurrentPath(), select));
      return super.visitMethodInvocation(node, nothing);
    }

    @Override public Void visitNewClass(NewClassTree node, Void nothing) {
      Tree name = node.getIdentifier();
      while (name instanceof ParameterizedTypeTree || name instanceof AnnotatedTypeTree)
        name = name instanceof ParameterizedTypeTree typed ? typed.getType() : ((AnnotatedTypeTree) name).getUnderlyingType();
      Element target = trees.getElement(getCurrentPath());
      if (node.getClassBody() != null) target = trees.getElement(new TreePath(getCurrentPath(), name));
      use(name, target);
      return super.visitNewClass(node, nothing);
    }

    private void use(Tree name, TreePath path) {
      use(name, trees.getElement(path));
    }

    private void use(Tree name, Element target) {
      if (!(target instanceof Symbol)) return;
      String text = name instanceof MemberSelectTree select ? select.getIdentifier().toString() : name.toString();
      long end = positions.getEndPosition(unit, name);
      if (end < 0) return;
      long start = end - text.length();
      LineMap lines = unit.getLineMap();
      OUT.printf("use\t%s\t%d\t%d\t%d\t%s%n", file(unit), lines.getLineNumber(start), column(unit, start), column(unit, end), symbol(target));
    }

    /** The name of a target; told once where it is defined, if that is in the tree. */
    private String symbol(Element target) {
      TreePath path = trees.getPath(target);
      // A constructor that nobody wrote is its class.
      if (path == null || (path.getLeaf() instanceof JCTree.JCMethodDecl method && generated(method, path))) {
        if (target.getKind() == ElementKind.CONSTRUCTOR) path = trees.getPath(target.getEnclosingElement());
      }
      String name = target.getEnclosingElement() + "#" + target;
      if (path == null) return name;
      CompilationUnitTree at = path.getCompilationUnit();
      long start = nameOf(path.getLeaf(), at);
      if (start < 0) return name;
      String place = file(at) + "\t" + at.getLineMap().getLineNumber(start) + "\t" + column(at, start);
      String key = name + "@" + place.replace('\t', ':');
      if (TOLD.add(key)) OUT.println("def\t" + key + "\t" + place);
      return key;
    }

    private boolean generated(JCTree.JCMethodDecl method, TreePath path) {
      return positions.getEndPosition(path.getCompilationUnit(), method) < 0 || (method.mods.flags & com.sun.tools.javac.code.Flags.GENERATEDCONSTR) != 0;
    }

    private long nameOf(Tree tree, CompilationUnitTree at) {
      if (tree instanceof JCTree.JCMethodDecl method) return method.pos;
      if (!(tree instanceof JCTree.JCClassDecl type) || type.getSimpleName().isEmpty()) return -1;
      try {
        String text = at.getSourceFile().getCharContent(true).toString();
        java.util.regex.Matcher match = java.util.regex.Pattern.compile("\\b(class|interface|enum|record|@interface)\\s+" + type.getSimpleName() + "\\b").matcher(text);
        if (!match.find((int) positions.getStartPosition(at, type))) return -1;
        return match.end() - type.getSimpleName().length();
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
    }

    private String file(CompilationUnitTree of) {
      return root.relativize(Path.of(of.getSourceFile().toUri())).toString();
    }

    /** Without javac's own reckoning of tabs. */
    private static long column(CompilationUnitTree of, long position) {
      LineMap lines = of.getLineMap();
      return position - lines.getStartPosition(lines.getLineNumber(position)) + 1;
    }
  }
}
