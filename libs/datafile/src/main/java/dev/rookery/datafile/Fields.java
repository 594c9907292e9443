package dev.rookery.datafile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The directives of a file or a node that may be given once each. An empty value counts as absent. */
final class Fields {

    private final Map<String, RawDirective> byName = new LinkedHashMap<>();
    private final Problems problems;

    Fields(Problems problems) {
        this.problems = problems;
    }

    void add(RawDirective directive) {
        var earlier = byName.putIfAbsent(directive.name(), directive);
        if (earlier != null) {
            problems.error(
                    directive.at(),
                    directive.name() + " is given twice; the first stands on line "
                            + earlier.at().line());
        }
    }

    @Nullable
    RawDirective raw(String name) {
        return byName.get(name);
    }

    /** The directives among these names that the file gives, in the order of the names. */
    List<RawDirective> present(Collection<String> names) {
        return names.stream()
                .flatMap(name -> Optional.ofNullable(byName.get(name)).stream())
                .toList();
    }

    /** The place of the first of these directives in the file. */
    Optional<Position> firstOf(Collection<String> names) {
        return byName.values().stream()
                .filter(d -> names.contains(d.name()))
                .map(RawDirective::at)
                .findFirst();
    }

    List<Directive> directives(Collection<String> names) {
        return present(names).stream()
                .map(d -> new Directive(d.name(), d.value(), d.at()))
                .toList();
    }

    @Nullable
    Located<String> text(String name) {
        var directive = byName.get(name);
        if (directive == null) {
            return null;
        }
        var value = directive.value();
        return value.isEmpty() ? null : new Located<>(value, directive.at());
    }

    /** The value, or an empty stand-in after reporting that it is missing. */
    Located<String> required(String name, String what, Position where) {
        var value = text(name);
        if (value != null) {
            return value;
        }
        var given = byName.get(name);
        problems.error(given == null ? where : given.at(), "expected " + name + " " + what);
        return new Located<>("", where);
    }

    /** One of a few words in any case, given back in the case of {@code allowed}; a secret's template passes as it is. */
    @Nullable
    Located<String> oneOf(String name, List<String> allowed) {
        var value = text(name);
        if (value == null || value.value().contains("{{")) {
            return value;
        }
        for (var candidate : allowed) {
            if (candidate.equalsIgnoreCase(value.value())) {
                return new Located<>(candidate, value.at());
            }
        }
        wrongChoice(name, value, allowed);
        return null;
    }

    /** One of a few words in any case, as what it means. */
    <T> @Nullable Located<T> choice(String name, Map<String, T> meanings) {
        var value = text(name);
        if (value == null) {
            return null;
        }
        var meaning = meanings.get(value.value().toLowerCase(Locale.ROOT));
        if (meaning == null) {
            wrongChoice(name, value, meanings.keySet());
            return null;
        }
        return new Located<>(meaning, value.at());
    }

    @Nullable
    Located<Boolean> bool(String name) {
        return choice(name, Map.of("true", true, "false", false, "1", true, "0", false));
    }

    private void wrongChoice(String name, Located<String> value, Collection<String> allowed) {
        var sorted = new ArrayList<>(allowed);
        sorted.sort(null);
        problems.error(
                value.at(),
                name + " is " + Quoted.shortened(value.value()) + ", expected one of " + String.join(", ", sorted));
    }
}
