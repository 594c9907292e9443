package dev.rookery.catalog.tokens;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a scope of a static token allows (TOK-10 to TOK-16). */
public enum ScopeType {
    ADMIN("ADMIN", false),
    TOKENS("TOKENS", false),
    WORKSPACE_READ_ALL("WORKSPACE:READ_ALL", false),
    ORG_DATASOURCES_READ("ORG_DATASOURCES:READ", false),
    DATASOURCES_CREATE("DATASOURCES:CREATE", false),
    DATASOURCES_APPEND("DATASOURCES:APPEND", true),
    DATASOURCES_READ("DATASOURCES:READ", true),
    DATASOURCES_DROP("DATASOURCES:DROP", true),
    PIPES_CREATE("PIPES:CREATE", false),
    PIPES_READ("PIPES:READ", true),
    PIPES_DROP("PIPES:DROP", true);

    private final String text;
    private final boolean namesResource;

    ScopeType(String text, boolean namesResource) {
        this.text = text;
        this.namesResource = namesResource;
    }

    /** The scope as clients write it. */
    public String text() {
        return text;
    }

    /** Whether the scope is for one data source or pipe. */
    public boolean namesResource() {
        return namesResource;
    }

    /** Accepts any case and the singular forms that guides use ({@code DATASOURCE:APPEND}, EV-6). */
    public static Optional<ScopeType> parse(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        String plural = upper.replaceFirst("^DATASOURCE:", "DATASOURCES:").replaceFirst("^PIPE:", "PIPES:");
        return Arrays.stream(values()).filter(type -> type.text.equals(plural)).findFirst();
    }
}
