package dev.rookery.standalone.docs;

import java.util.List;

/**
 * The properties of one {@code @ConfigurationProperties} record.
 *
 * @param prefix such as {@code rookery.catalog}
 * @param module the directory of the module that reads them
 * @param summary what they are about
 */
record PropertyGroup(String prefix, String module, String summary, List<Property> properties) {
    /**
     * One property.
     *
     * @param name in full, as in a properties file
     * @param type as it is written in the source
     * @param defaultValue empty when there is none
     * @param required whether it must be given
     * @param meaning empty when the source says nothing
     */
    record Property(String name, String type, String defaultValue, boolean required, String meaning) {}

    String toMarkdown() {
        var text = new StringBuilder("### `%s`\n\n%s (`%s`)\n\n".formatted(prefix, summary, module));
        text.append("| property | type | default | meaning |\n|---|---|---|---|\n");
        for (Property property : properties) {
            String value = property.required()
                    ? "**required**"
                    : property.defaultValue().isEmpty() ? "" : "`" + property.defaultValue() + "`";
            text.append(
                    "| `%s` | %s | %s | %s |\n".formatted(property.name(), property.type(), value, property.meaning()));
        }
        return text.toString();
    }
}
