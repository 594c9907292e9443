package dev.rookery.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what a template asks of its request without rendering it. */
final class ParameterCollector {
    private static final String UNTYPED = "String";

    private final Map<String, TemplateParameter> found = new LinkedHashMap<>();
    private final Set<String> typed = new HashSet<>();
    private final Set<String> secrets = new LinkedHashSet<>();
    /** The names that the template has certainly set at this point: a request cannot give them any more. */
    private Set<String> assigned = new HashSet<>();

    List<TemplateParameter> parameters() {
        return List.copyOf(found.values());
    }

    Set<String> secrets() {
        return Set.copyOf(secrets);
    }

    void collect(List<TemplateNode> nodes) {
        for (var node : nodes) {
            switch (node) {
                case TemplateNode.Text _ -> {}
                case TemplateNode.Output output -> expression(output.expression());
                case TemplateNode.Choice choice -> choice(choice);
                case TemplateNode.Loop loop -> {
                    expression(loop.elements());
                    var before = new HashSet<>(assigned);
                    collect(loop.body());
                    assigned = before;
                }
                case TemplateNode.Assignment assignment -> {
                    expression(assignment.value());
                    for (var target : assignment.targets()) {
                        if (assignment.operator() != null) {
                            name(target.name());
                        }
                        assigned.add(target.name());
                    }
                }
            }
        }
    }

    private void choice(TemplateNode.Choice choice) {
        var after = new ArrayList<Set<String>>();
        for (var branch : choice.branches()) {
            expression(branch.condition());
            after.add(assignedIn(branch.body()));
        }
        after.add(assignedIn(choice.otherwise()));
        assigned = after.getFirst();
        after.forEach(assigned::retainAll);
    }

    private Set<String> assignedIn(List<TemplateNode> body) {
        var before = assigned;
        assigned = new HashSet<>(before);
        collect(body);
        var after = assigned;
        assigned = before;
        return after;
    }

    private void expression(@Nullable Expression expression) {
        switch (expression) {
            case null -> {}
            case Expression.Constant _ -> {}
            case Expression.Name name -> name(name.name());
            case Expression.ListOf list -> all(list.items());
            case Expression.DictOf dict -> {
                all(dict.keys());
                all(dict.values());
            }
            case Expression.Not not -> expression(not.operand());
            case Expression.Negative negative -> expression(negative.operand());
            case Expression.And and -> all(and.operands());
            case Expression.Or or -> all(or.operands());
            case Expression.Arithmetic arithmetic -> {
                expression(arithmetic.left());
                expression(arithmetic.right());
            }
            case Expression.Comparison comparison -> {
                expression(comparison.first());
                all(comparison.rest());
            }
            case Expression.Conditional conditional -> {
                expression(conditional.condition());
                expression(conditional.then());
                expression(conditional.otherwise());
            }
            case Expression.Index index -> {
                expression(index.container());
                expression(index.index());
            }
            case Expression.Slice slice -> {
                expression(slice.container());
                expression(slice.from());
                expression(slice.to());
                expression(slice.step());
            }
            case Expression.MethodCall call -> {
                expression(call.receiver());
                all(call.arguments());
            }
            case Expression.FunctionCall call -> function(call);
            case Expression.Cast cast -> cast(cast);
            case Expression.Defined defined -> expression(defined.operand());
            case Expression.SqlAnd and -> all(and.operands());
            case Expression.Stored stored -> {
                if (stored.secret()) {
                    secrets.add(stored.name());
                }
                expression(stored.defaultValue());
            }
        }
    }

    private void all(List<Expression> expressions) {
        expressions.forEach(this::expression);
    }

    private void name(String name) {
        if (isParameter(name)) {
            found.computeIfAbsent(name, ParameterCollector::untyped);
        }
    }

    private boolean isParameter(String name) {
        return !name.startsWith("_") && !assigned.contains(name);
    }

    private static TemplateParameter untyped(String name) {
        return new TemplateParameter(name, UNTYPED, null, false, null, null, false, null, List.of(), null);
    }

    /** {@code column(x, 'default')} and the like declare a default, but no type that a client would know. */
    private void function(Expression.FunctionCall call) {
        var takesDefault = Set.of("column", "columns", "split_to_array", "JSON").contains(call.name());
        if (takesDefault
                && call.arguments().getFirst().orElse(null) instanceof Expression.Name name
                && isParameter(name.name())) {
            var defaultValue = call.arguments().get(1);
            declare(new TemplateParameter(
                    name.name(),
                    call.name().equals("JSON") ? "JSON" : UNTYPED,
                    null,
                    defaultValue.isPresent(),
                    defaultValue.map(ParameterCollector::constant).orElse(null),
                    null,
                    false,
                    null,
                    List.of(),
                    null));
        }
        call.arguments().stream().flatMap(Optional::stream).forEach(this::expression);
    }

    private void cast(Expression.Cast cast) {
        if (cast.operand() instanceof Expression.Name name && isParameter(name.name())) {
            var metadata = cast.metadata();
            var defaultValue = cast.defaultValue();
            var isNone = defaultValue instanceof Expression.Constant(var value) && value == Value.Atom.NONE;
            declare(new TemplateParameter(
                    name.name(),
                    cast.array() ? "Array" : cast.type().sqlName,
                    cast.array() ? cast.type().sqlName : null,
                    defaultValue != null && !isNone,
                    constant(defaultValue),
                    text(metadata.description()),
                    Boolean.TRUE.equals(constant(cast.required())),
                    text(metadata.format()),
                    constant(metadata.enumeration()) instanceof List<?> values ? List.copyOf(values) : List.of(),
                    constant(metadata.example())));
        }
        expression(cast.operand());
        expression(cast.defaultValue());
        expression(cast.required());
        expression(cast.defined());
    }

    /** The first cast gives the type; whatever it leaves open, a later use of the parameter may add. */
    private void declare(TemplateParameter use) {
        var isTyped = typed.contains(use.name());
        var known = found.getOrDefault(use.name(), untyped(use.name()));
        typed.add(use.name());
        found.put(
                use.name(),
                new TemplateParameter(
                        use.name(),
                        isTyped ? known.type() : use.type(),
                        isTyped ? known.elementType() : use.elementType(),
                        known.hasDefault() || use.hasDefault(),
                        known.hasDefault() ? known.defaultValue() : use.defaultValue(),
                        known.description() != null ? known.description() : use.description(),
                        known.required() || use.required(),
                        known.format() != null ? known.format() : use.format(),
                        known.enumValues().isEmpty() ? use.enumValues() : known.enumValues(),
                        known.example() != null ? known.example() : use.example()));
    }

    private static @Nullable String text(@Nullable Expression expression) {
        return constant(expression) instanceof String text ? text : null;
    }

    private static @Nullable Object constant(@Nullable Expression expression) {
        return switch (expression) {
            case Expression.Constant constant -> plain(constant.value());
            case Expression.ListOf list -> {
                var items = new ArrayList<>();
                for (var item : list.items()) {
                    var value = constant(item);
                    if (value == null) {
                        yield null;
                    }
                    items.add(value);
                }
                yield List.copyOf(items);
            }
            case null, default -> null;
        };
    }

    private static @Nullable Object plain(Value value) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Int number -> number.number();
            case Value.Real number -> number.number();
            case Value.Bool truth -> truth.truth();
            default -> null;
        };
    }
}
