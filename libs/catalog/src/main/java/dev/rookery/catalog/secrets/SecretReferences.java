package dev.rookery.catalog.secrets;

import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.CatalogException.Kind;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of directives such as {@code KAFKA_SECRET {{ tb_secret("NAME", "default") }}} (SEC-2): each reference is
 * replaced by the secret, as it is. The SQL of nodes is rendered by the template engine instead, where a secret becomes a
 * literal.
 */
public final class SecretReferences {
    private static final String STRING = "(?:\"([^\"{}]*)\"|'([^'{}]*)')";
    private static final Pattern REFERENCE =
            Pattern.compile("\\{\\{\\s*tb_secret\\(\\s*" + STRING + "\\s*(?:,\\s*" + STRING + "\\s*)?\\)\\s*}}");

    private SecretReferences() {}

    /** Whether the text names a secret. */
    public static boolean in(String text) {
        return text.contains("{{");
    }

    /**
     * The text with every reference replaced.
     *
     * @throws CatalogException INVALID when a secret is missing that has no default, or a reference is not understood
     */
    public static String resolve(String text, Function<String, Optional<String>> secrets) {
        Matcher matcher = REFERENCE.matcher(text);
        var resolved = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            resolved.append(literally(text.substring(end, matcher.start())));
            resolved.append(value(matcher, secrets));
            end = matcher.end();
        }
        return resolved.append(literally(text.substring(end))).toString();
    }

    private static String literally(String between) {
        if (between.contains("{{")) {
            throw new CatalogException(
                    Kind.INVALID, "What stands in braces is read as {{ tb_secret(\"NAME\", \"default\") }} only");
        }
        return between;
    }

    private static String value(Matcher matcher, Function<String, Optional<String>> secrets) {
        String name = first(matcher.group(1), matcher.group(2));
        String otherwise = first(matcher.group(3), matcher.group(4));
        return secrets.apply(String.valueOf(name))
                .or(() -> Optional.ofNullable(otherwise))
                .orElseThrow(() -> new CatalogException(
                        Kind.INVALID, "The secret '%s' does not exist, and has no default here".formatted(name)));
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }
}
