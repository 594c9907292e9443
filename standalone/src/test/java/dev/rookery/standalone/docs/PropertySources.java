package dev.rookery.standalone.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import dev.rookery.standalone.docs.PropertyGroup.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Reads every {@code @ConfigurationProperties} record out of the sources, with the compiler's own parser: names and
 * defaults as they bind, meanings as the Javadoc says.
 */
final class PropertySources {
    private static final Set<String> REQUIRING = Set.of("NotBlank", "NotEmpty", "NotNull");

    private final Path repository;

    PropertySources(Path repository) {
        this.repository = repository;
    }

    List<PropertyGroup> groups() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(repository)) {
            files = all.filter(file -> file.toString().contains("/src/main/java/"))
                    .filter(file -> file.toString().endsWith("Properties.java"))
                    .sorted()
                    .toList();
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask)
                    compiler.getTask(null, manager, null, List.of(), null, manager.getJavaFileObjectsFromPaths(files));
            var docs = DocTrees.instance(task);
            List<PropertyGroup> groups = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                group(unit, docs).ifPresent(groups::add);
            }
            groups.sort(Comparator.comparing(PropertyGroup::prefix));
            return groups;
        }
    }

    private Optional<PropertyGroup> group(CompilationUnitTree unit, DocTrees docs) {
        var path = new TreePath(new TreePath(unit), unit.getTypeDecls().getFirst());
        var type = (ClassTree) path.getLeaf();
        return argument(type.getModifiers().getAnnotations(), "ConfigurationProperties")
                .map(prefix -> {
                    String summary = plain(docs.getDocCommentTree(path).getFirstSentence());
                    List<Property> properties = new ArrayList<>();
                    properties(prefix, path, docs, properties);
                    return new PropertyGroup(prefix, module(unit), summary, properties);
                });
    }

    private static void properties(String prefix, TreePath path, DocTrees docs, List<Property> found) {
        var type = (ClassTree) path.getLeaf();
        Map<String, String> meanings = meanings(docs.getDocCommentTree(path));
        for (Tree member : type.getMembers()) {
            if (!(member instanceof VariableTree component)
                    || component.getModifiers().getFlags().contains(Modifier.STATIC)) {
                continue;
            }
            String name = prefix + "." + dashed(component.getName().toString());
            String meaning = meanings.getOrDefault(component.getName().toString(), "");
            String written = typeName(component.getType());
            Optional<ClassTree> nested = nested(type, path, written);
            if (nested.isPresent()) {
                String inside = written.startsWith("List<") ? name + "[N]" : name;
                if (!meaning.isEmpty()) {
                    found.add(new Property(inside, "group", "", false, meaning));
                }
                properties(inside, new TreePath(path, nested.get()), docs, found);
            } else {
                var annotations = component.getModifiers().getAnnotations();
                found.add(new Property(
                        written.startsWith("Map<") ? name + ".KEY" : name,
                        written,
                        argument(annotations, "DefaultValue").orElse(""),
                        annotations.stream().anyMatch(each -> REQUIRING.contains(simpleName(each)))
                                && argument(annotations, "DefaultValue").isEmpty(),
                        meaning));
            }
        }
    }

    /** The record that a component's type names, when it is declared in the same file. */
    private static Optional<ClassTree> nested(ClassTree type, TreePath path, String written) {
        var outermost = path;
        while (outermost.getParentPath().getLeaf() instanceof ClassTree) {
            outermost = outermost.getParentPath();
        }
        return Stream.concat(type.getMembers().stream(), ((ClassTree) outermost.getLeaf()).getMembers().stream())
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .filter(each -> written.equals(each.getSimpleName().toString())
                        || written.equals("List<" + each.getSimpleName() + ">"))
                .findFirst();
    }

    private static Map<String, String> meanings(@Nullable DocCommentTree comment) {
        Map<String, String> meanings = new HashMap<>();
        if (comment != null) {
            for (DocTree tag : comment.getBlockTags()) {
                if (tag instanceof ParamTree parameter) {
                    meanings.put(parameter.getName().toString(), plain(parameter.getDescription()));
                }
            }
        }
        return meanings;
    }

    private static String typeName(Tree type) {
        return switch (type) {
            case AnnotatedTypeTree annotated -> typeName(annotated.getUnderlyingType());
            case ParameterizedTypeTree generic ->
                typeName(generic.getType())
                        + generic.getTypeArguments().stream()
                                .map(PropertySources::typeName)
                                .collect(Collectors.joining(", ", "<", ">"));
            default -> type.toString();
        };
    }

    private static Optional<String> argument(List<? extends AnnotationTree> annotations, String name) {
        return annotations.stream()
                .filter(each -> simpleName(each).equals(name))
                .findFirst()
                .map(each -> each.getArguments().isEmpty()
                        ? ""
                        : each.getArguments().getFirst().toString().replaceFirst("^value = ", ""))
                .map(text -> text.replace("\"", ""));
    }

    private static String simpleName(AnnotationTree annotation) {
        return annotation.getAnnotationType().toString().replaceFirst(".*\\.", "");
    }

    /** Text for a cell of a table: code as code, everything on one line. */
    private static String plain(List<? extends DocTree> text) {
        return text.stream()
                .map(each -> switch (each) {
                    case LiteralTree literal -> "`" + literal.getBody().getBody() + "`";
                    case TextTree plain -> plain.getBody();
                    default -> each.toString();
                })
                .collect(Collectors.joining())
                .replaceAll("\\s+", " ")
                .replace("|", "\\|")
                .strip();
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private String module(CompilationUnitTree unit) {
        String file =
                repository.relativize(Path.of(unit.getSourceFile().toUri())).toString();
        return file.substring(0, file.indexOf("/src/"));
    }
}
