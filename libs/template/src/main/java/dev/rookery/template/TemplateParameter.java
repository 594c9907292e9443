package dev.rookery.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that a template declares by using it (TPL-3, TPL-33). Constants are {@link String}, {@link Boolean},
 * {@link java.math.BigInteger}, {@link Double} or a {@link List} of them.
 *
 * @param name its name in requests
 * @param type the cast it is used with, such as {@code Int32} or {@code Array}; {@code JSON}; else {@code String}
 * @param elementType the type of an {@code Array}'s elements
 * @param hasDefault whether it may be left out without a placeholder taking its place (TPL-39)
 * @param defaultValue the default, where it is a constant
 * @param description what it means
 * @param required whether a request must give it; a parameter with a default need not be given all the same
 * @param format the presentation hint of the template, such as {@code date}
 * @param enumValues the values suggested to callers; empty if any
 * @param example an example value, where it is a constant
 */
public record TemplateParameter(
        String name,
        String type,
        @Nullable String elementType,
        boolean hasDefault,
        @Nullable Object defaultValue,
        @Nullable String description,
        boolean required,
        @Nullable String format,
        List<Object> enumValues,
        @Nullable Object example) {

    /** Copies the list. */
    public TemplateParameter {
        enumValues = List.copyOf(enumValues);
    }
}
