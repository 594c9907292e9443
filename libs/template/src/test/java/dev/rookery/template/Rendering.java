package dev.rookery.template;

import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** Shorthand of the tests: compiles and renders in one go. */
final class Rendering {
    private Rendering() {}

    /** Renders a template, its mark left out, with text parameters given as name, value, name, value. */
    static String render(String template, String... parameters) {
        return Template.compile("%" + template, "n")
                .render(RenderRequest.of(parameters(parameters)))
                .sql();
    }

    static Map<String, ParameterValue> parameters(String... namesAndValues) {
        var parameters = new LinkedHashMap<String, ParameterValue>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], ParameterValue.of(namesAndValues[i + 1]));
        }
        return parameters;
    }

    static String renderJson(String template, String name, @Nullable Object value) {
        return Template.compile("%" + template, "n")
                .render(RenderRequest.of(Map.of(name, ParameterValue.ofJson(value))))
                .sql();
    }

    static TemplateException failure(String template, String... parameters) {
        return Assertions.catchThrowableOfType(TemplateException.class, () -> render(template, parameters));
    }
}
